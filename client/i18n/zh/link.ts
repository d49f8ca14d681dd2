export const link = {
  connecting: '正在连接',
  live: '实时',
  stale: '数据停留在 {time}',
  staleHint: '与服务器的连接中断，正在自动重连。',
  refused: '无法查看该网点',
  revoked: '访问已终止',
  late: '计时停滞',
} as const;
