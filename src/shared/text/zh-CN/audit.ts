export const audit = {
  'audit.programMissing': '缺少 {{file}}：可能已被 Defender 隔离或删除。',
  'audit.noReference': '没有可比较的内容：请指定压缩包，或在能够访问校验和数据库时再试。',
  'audit.namesUnknown': '文件与该版本不一致，但不知道是哪些文件。指定压缩包即可看到。',
  'audit.notInHash': 'api、doc、misc 和 test 下的 {{count}} 个文件不在校验和数据库的覆盖范围内。',
  'audit.notInHash_one': 'api、doc、misc 和 test 下的 1 个文件不在校验和数据库的覆盖范围内。',
  'audit.noVersion': '此文件夹中没有写明 Go 版本的 VERSION 文件。',
} as const;
