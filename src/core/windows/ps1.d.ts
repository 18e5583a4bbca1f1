// PowerShell scripts are bundled as text.
declare module '*.ps1?raw' {
  const text: string;
  export default text;
}
