import type { NoticeTemplates, ReportPolicies } from './report-rules'

/** What holds for abuse reports until a lead chooses otherwise. */

const hour = 3_600
const day = 24 * hour
const usual = { decayDays: 180, name: null, isRetired: false, isUrgent: false }

export const defaultReportPolicies: ReportPolicies = {
  threat_to_life: {
    ...usual,
    isUrgent: true,
    rank: 0,
    severity: 5,
    slaSeconds: hour / 12,
    ladder: ['forever'],
    text: {
      en: 'Threats to somebody’s life or health are not allowed.',
      'zh-CN': '禁止威胁他人的生命或健康。',
      ja: '人の生命や健康を脅かす行為は禁止されています。',
    },
  },
  minor_safety: {
    ...usual,
    rank: 1,
    severity: 5,
    slaSeconds: hour / 4,
    ladder: ['forever'],
    text: {
      en: 'Anything that endangers minors is not allowed.',
      'zh-CN': '禁止任何危害未成年人的行为。',
      ja: '未成年者を危険にさらす行為は禁止されています。',
    },
  },
  sexual: {
    ...usual,
    rank: 2,
    severity: 4,
    slaSeconds: hour,
    ladder: [{ seconds: day }, { seconds: 7 * day }, { seconds: 30 * day }, 'forever'],
    text: {
      en: 'Unwanted sexual content is not allowed.',
      'zh-CN': '禁止发布骚扰性的色情内容。',
      ja: '望まれない性的な内容は禁止されています。',
    },
  },
  hate: {
    ...usual,
    rank: 3,
    severity: 4,
    slaSeconds: hour,
    ladder: [{ seconds: day }, { seconds: 7 * day }, { seconds: 30 * day }, 'forever'],
    text: {
      en: 'Hate against people or groups is not allowed.',
      'zh-CN': '禁止针对个人或群体的仇恨言论。',
      ja: '個人や集団への憎悪表現は禁止されています。',
    },
  },
  harassment: {
    ...usual,
    rank: 4,
    severity: 3,
    slaSeconds: 4 * hour,
    ladder: ['warn', { seconds: day }, { seconds: 7 * day }, { seconds: 30 * day }],
    text: {
      en: 'Insulting or harassing others is not allowed.',
      'zh-CN': '禁止辱骂或骚扰他人。',
      ja: '他人への侮辱や嫌がらせは禁止されています。',
    },
  },
  scam: {
    ...usual,
    rank: 5,
    severity: 4,
    slaSeconds: hour,
    ladder: [{ seconds: 7 * day }, 'forever'],
    text: {
      en: 'Deceiving others for money or data is not allowed.',
      'zh-CN': '禁止骗取他人的财物或个人信息。',
      ja: '金銭や情報をだまし取る行為は禁止されています。',
    },
  },
  spam: {
    ...usual,
    rank: 6,
    severity: 2,
    slaSeconds: 8 * hour,
    ladder: ['warn', { seconds: hour }, { seconds: day }, { seconds: 7 * day }],
    text: {
      en: 'Flooding and unwanted advertising are not allowed.',
      'zh-CN': '禁止刷屏和发布垃圾广告。',
      ja: '連続投稿や迷惑な宣伝は禁止されています。',
    },
  },
  impersonation: {
    ...usual,
    rank: 7,
    severity: 3,
    slaSeconds: 4 * hour,
    ladder: ['warn', { seconds: 7 * day }, 'forever'],
    text: {
      en: 'Pretending to be somebody else is not allowed.',
      'zh-CN': '禁止冒充他人。',
      ja: '他人になりすます行為は禁止されています。',
    },
  },
  other: {
    ...usual,
    rank: 8,
    severity: 1,
    slaSeconds: day,
    ladder: ['warn', { seconds: hour }, { seconds: day }],
    text: {
      en: 'What you wrote breaks our rules.',
      'zh-CN': '你发布的内容违反了社区规则。',
      ja: '投稿された内容は利用規約に反しています。',
    },
  },
}

export const defaultNoticeTemplates: NoticeTemplates = {
  texts: {
    warning: {
      en: 'A warning from the moderation team. {reason} If it happens again, you may be muted. {appeal}',
      'zh-CN': '管理团队提醒你：{reason}如再次发生，你可能会被禁言。{appeal}',
      ja: '運営チームからの警告です。{reason}繰り返された場合、発言が制限されることがあります。{appeal}',
    },
    mute_notice: {
      en: 'The moderation team muted you until {until}. {reason} {appeal}',
      'zh-CN': '管理团队已将你禁言，截止时间：{until}。{reason}{appeal}',
      ja: '運営チームにより、{until}まで発言が制限されました。{reason}{appeal}',
    },
    reporter_answer: {
      en: 'Thank you for your report. The moderation team has looked at it and closed it.',
      'zh-CN': '感谢你的举报。管理团队已核查并处理完毕。',
      ja: 'ご報告ありがとうございます。運営チームが確認し、対応を完了しました。',
    },
    appeal_answer: {
      en: 'Another moderator has looked at your appeal. {reason}',
      'zh-CN': '另一位管理员已审核你的申诉。{reason}',
      ja: '別の担当者が異議申し立てを確認しました。{reason}',
    },
  },
  appeal: {
    en: 'To appeal, contact support in the app.',
    'zh-CN': '如有异议，请联系应用内客服申诉。',
    ja: '異議がある場合は、アプリのサポートにご連絡ください。',
  },
}
