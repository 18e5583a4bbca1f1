// Drawings that Fluent's icons do not have: the app's mark, the quartered shield, the running ring, the risk bars.
import { useId } from 'react';
import styles from './drawings.module.css';

/** The app icon on its 16 grid: two edges, one gap, a plank from the lower to the higher. */
export function AppMark(props: { size: number }) {
  const id = useId();
  return (
    <svg aria-hidden="true" height={props.size} viewBox="0 0 16 16" width={props.size}>
      <defs>
        <linearGradient id={`${id}-fill`} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="#167683" />
          <stop offset="1" stopColor="#00424B" />
        </linearGradient>
        <clipPath id={`${id}-tile`}>
          <rect height="16" rx="3.6" width="16" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-tile)`}>
        <rect fill={`url(#${id}-fill)`} height="16" width="16" />
        <path d="M0 11h5v5H0zM11 7h5v9h-5z" fill="#4FACBB" />
        <path d="M1.4 9.2 14.7 2.9v2.35L1.4 11.55z" fill="#FFFFFF" />
      </g>
    </svg>
  );
}

/** Windows' sign for "an administrator is asked": a quartered shield in one colour. */
export function UacShield(props: { size: 16 | 20 }) {
  return (
    <svg
      aria-hidden="true"
      className={styles.icon}
      fill="currentColor"
      height={props.size}
      viewBox="0 0 20 20"
      width={props.size}
    >
      <path
        d="M10 2.2c2 1.5 4.2 2.3 6.6 2.4.3 0 .6.3.6.6v4.3c0 4-2.3 6.7-7 8.3a.6.6 0 0 1-.4 0c-4.7-1.6-7-4.4-7-8.3V5.2c0-.3.3-.6.6-.6 2.4-.1 4.6-.9 6.6-2.4Zm0 1.5A12.6 12.6 0 0 1 4 5.8v3.7h6V3.7Zm0 5.8v7c3.9-1.4 5.9-3.7 6-7h-6Z"
        fillRule="evenodd"
      />
    </svg>
  );
}

/** A ring with a quarter in the brand's colour: something is under way. */
export function RunningRing(props: { size?: number }) {
  const size = props.size ?? 20;
  return (
    <svg
      aria-hidden="true"
      className={styles.ring}
      fill="none"
      height={size}
      strokeWidth="2"
      viewBox="0 0 20 20"
      width={size}
    >
      <circle className={styles.ringTrack} cx="10" cy="10" r="8" />
      <path className={styles.ringQuarter} d="M10 2a8 8 0 0 1 8 8" />
    </svg>
  );
}

/** Three bars, one to three of them filled. Its word stands beside it. */
export function RiskBars(props: { level: 'low' | 'medium' | 'high' }) {
  const filled = { low: 1, medium: 2, high: 3 }[props.level];
  return (
    <svg
      aria-hidden="true"
      className={props.level === 'high' ? styles.riskHigh : styles.risk}
      height="16"
      viewBox="0 0 16 16"
      width="16"
    >
      {[0, 1, 2].map((index) => (
        <rect
          key={index}
          className={index < filled ? styles.riskFilled : styles.riskEmpty}
          height={4 + index * 4.5}
          rx="0.5"
          width="4"
          x={index * 6}
          y={15 - (4 + index * 4.5)}
        />
      ))}
    </svg>
  );
}
