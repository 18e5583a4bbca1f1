export const find = {
  'find.note.noVersion': '不完整：VERSION 文件缺失或无法读取。',
  'find.note.noProgram': '不完整：缺少 {{program}}，可能已被防病毒软件隔离或删除。',
  'find.note.disagrees': 'VERSION 文件中是 {{version}}，程序显示的却是“{{said}}”。',
  'find.note.shadowed': '在 PATH 中，但 {{other}} 排在它前面。',
  'find.note.doubled': '同一版本也在 {{other}}。',
  'find.note.unsupported': '已停止支持：Go 只为最新的两个系列提供修复。',
  'find.note.behind': '受支持，比 {{newest}} 落后 {{count}} 个补丁版本。',
  'find.note.behind_one': '受支持，比 {{newest}} 落后一个补丁版本。',
  'find.note.newest': '受支持，已是该系列的最新版本。',
  'find.note.preview': '预览版。正式版发布后不再提供修复。',
  'find.note.versionOnly': '版本号读自它的 VERSION 文件。',
} as const;
