export type ViewerDto = { id: string; name: string; isTyping: boolean }

/** Who else looks at a case, and which version it is at. */
export type SeenDto = { viewers: ViewerDto[]; version: number; serverNow: number }

/** Whom a case can be handed to; one that needs a lead to leads alone. */
export type ColleagueDto = { id: string; name: string; isLead: boolean }

/** An urgent case that nobody works on. */
export type UrgentCaseDto = { id: string; number: number; count: number }
