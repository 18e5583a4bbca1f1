# The elevated command line: fetches the one text whose SHA-256 it carries and runs nothing else. Whoever serves the pipe
# learns who calls and cannot act as him. Node puts in three literals of harmless characters: pipe, nonce, hash. Short,
# since all of it must fit into a command line. The nonce goes first: a stranger on the pipe is told nothing by Node.
param()
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$env:PSModulePath = "$PSHOME\Modules"
$n = '<nonce>'
$p = [IO.Pipes.NamedPipeClientStream]::new('.', '<pipe>', 'InOut', 'None', [Security.Principal.TokenImpersonationLevel]::Identification)
$p.Connect(9999)
$p.Write([Text.Encoding]::ASCII.GetBytes($n), 0, 32)
$r = [IO.BinaryReader]::new($p)
$b = $r.ReadBytes([Math]::Min($r.ReadInt32(), 1MB))
$h = [Convert]::ToBase64String([Security.Cryptography.SHA256]::Create().ComputeHash($b))
if (!$h.Equals('<sha256>')) { exit }
& ([ScriptBlock]::Create([Text.Encoding]::ASCII.GetString($b))) $p $n $h
