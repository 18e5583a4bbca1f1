// PowerShell scripts are bundled as text.
declare module '*.ps1?raw' {
  const text: string;
  // eslint-disable-next-line no-restricted-exports -- how the bundler gives it
  export default text;
}
