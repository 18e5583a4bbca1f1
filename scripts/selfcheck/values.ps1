# One of each kind of value that a script answers with.
# Works in Constrained Language Mode.
param($Json)
Invoke-Request $Json {
  param($Data)
  @{
    none = @()
    one = @('x')
    two = @('x', 'y')
    date = [datetime]'2026-01-02T03:04:05.678Z'
    whole = 9007199254740991
    broken = 0.5
    nothing = $null
    yes = $true
    nested = @{ list = @(@{ a = @(1) }) }
    version = [version]'4.18.9.0'
  }
}
