// Defender：这台电脑上的状态、没有回答的原因，以及请它做的事的结果。
export const defender = {
  'defender.finding.serviceOff': 'Defender 的服务没有运行，因此无法向它查询。',
  'defender.finding.offByPolicy': '这台电脑上的 Defender 已被策略关闭。',
  'defender.finding.removed': '这台电脑上没有安装 Defender。',
  'defender.finding.moduleMissing':
    '这里缺少 Windows 用于 Defender 的 PowerShell 命令，Gangway 无法向它查询。',
  'defender.finding.noAnswer': 'Defender 作出了回答，但没有内容。Windows 更新之后出现过这种情况。',
  'defender.finding.notPermitted': '这个问题 Windows 只回答给管理员。',
  'defender.finding.languageMode': '这台电脑上的策略限制了 PowerShell，Gangway 无法查询这一项。',
  'defender.finding.notReached': 'Windows PowerShell 没有回答：{{cause}}',
  'defender.finding.failed': 'Defender 返回了错误：{{cause}}',
  'defender.finding.otherAntivirus': '保护这台电脑的是 {{name}}。Defender 的排除项不起作用。',
  'defender.finding.passive': 'Defender 处于被动模式，由另一个产品保护这台电脑。',
  'defender.finding.passiveAudit':
    'Defender 处于被动审核模式，只作记录，由另一个产品保护这台电脑。',
  'defender.finding.limitedScanning':
    'Defender 只在另一个防病毒软件之外定期扫描。排除项不会改变那个软件的行为。',
  'defender.finding.edrBlock':
    '这台电脑由另一个防病毒软件保护，Defender 在其后介入。排除项对此不起作用。',
  'defender.finding.notRunning': 'Defender 的防病毒功能没有运行。',
  'defender.finding.unknownMode': 'Defender 报告了一种 Gangway 不认识的运行模式：{{mode}}。',
  'defender.finding.paused': '实时保护已关闭。',
  'defender.finding.localEntriesIgnored':
    '策略规定只有组织的排除项有效。在这里添加的会被保存，但不起作用。',
  'defender.finding.exclusionsTamperProtected':
    '这台电脑上的排除项受篡改防护保护，只有你的组织可以更改。',
  'defender.finding.tamperProtection': '篡改防护已开启。在这里仍可更改排除项，但不能关闭保护。',
  'defender.finding.managed': '这台电脑上的 Defender 由组织管理。',
  'defender.finding.listsHiddenFromUsers': 'Windows 只向管理员显示排除项列表。',
  'defender.finding.listsHiddenFromAdministrators':
    '策略对这台电脑上的所有人隐藏排除项列表，包括管理员。',
  'defender.finding.performanceMode':
    '性能模式已开启：在受信任的开发驱动器上，Defender 在文件打开之后才扫描。这可能让排除项不再必要。',
  'defender.finding.performanceModeOff':
    '性能模式已关闭：Defender 像扫描其他驱动器一样扫描开发驱动器。',
  'defender.finding.smartAppControl':
    '智能应用控制已开启。它可能阻止 Go 生成的程序，排除项对它不起作用。',
  'defender.finding.smartAppControlEvaluation':
    '智能应用控制处于评估阶段，可能会自行开启。排除项对它不起作用。',
  'defender.care.badPath': '只有不含通配符的完整路径，Gangway 才会查询。',
  'defender.care.noProgram': '没有找到 Defender 的命令行程序。',
  'defender.care.thereBefore': '原处已有文件，不会还原并覆盖它。',
  'defender.care.notInQuarantine': 'Defender 没有还原它：文件没有回到原处。',
  'defender.care.needsElevation': '从隔离区还原需要管理员。',
  'defender.channel.missing': '这台电脑没有名为 {{channel}} 的事件日志。',
  'defender.channel.unreadable':
    'Windows 不允许这个帐户读取事件日志 {{channel}}。“Event Log Readers” 组的成员可以读取。',
  'defender.channel.languageMode':
    '这台电脑上的策略限制了 PowerShell，因此无法跟踪事件日志 {{channel}}。',
  'defender.channel.notReached': '无法读取事件日志 {{channel}}：{{cause}}',
} as const;
