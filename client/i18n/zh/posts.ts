/** What people are and where they stand or sit. */
export const posts = {
  'kind.teller': '柜员',
  'kind.chiefTeller': '综合柜员主管',
  'kind.floatingTeller': '机动柜员',
  'kind.manager': '大堂经理',
  'kind.deputyManager': '副大堂经理',
  'kind.customerManager': '客户经理',
  'kind.supervisor': '营业主管',
  'kind.head': '网点负责人',
  'kind.guard': '保安',
  'post.counter': '柜台',
  'post.counterN': '{n} 号窗口',
  'post.lobby': '大堂',
  'post.backOffice': '后台',
  'post.guard': '保安岗',
  'post.floor': '厅堂巡视',
} as const;
