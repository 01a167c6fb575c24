import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { SweepReporterInput } from './appeal-schemas'
import type { DecisionBasisDto, DecisionPreviewDto, SweepDto } from './decision-dtos'
import type { PreviewDecisionInput } from './decision-schemas'

/** While a decision is being carried out or its messages are held, in ms. */
const movingMs = 2_000
const restingMs = 30_000

/** The browser's reads about deciding a case; a decision, an undo and an answer invalidate `all()`. */
export const decisionQueries = {
  all: () => ['reports', 'decisions'] as const,
  basis: (caseId: string) =>
    queryOptions({
      queryKey: [...decisionQueries.all(), 'basis', caseId],
      queryFn: ({ signal }) => read<DecisionBasisDto>('/api/reports/decisions/basis', { caseId }, signal),
      refetchInterval: ({ state }) => (isMoving(state.data) ? movingMs : restingMs),
    }),
  sweep: (reporter: SweepReporterInput) =>
    queryOptions({
      queryKey: [...decisionQueries.all(), 'sweep', reporter],
      queryFn: ({ signal }) => read<SweepDto>('/api/reports/sweep', reporter, signal),
    }),
  preview: (input: PreviewDecisionInput) =>
    queryOptions({
      queryKey: [...decisionQueries.all(), 'preview', JSON.stringify(input)],
      queryFn: ({ signal }) =>
        read<DecisionPreviewDto>('/api/reports/decisions/preview', { input: JSON.stringify(input) }, signal),
    }),
}

function isMoving(basis: DecisionBasisDto | undefined): boolean {
  const { status, notices, undo } = basis?.last ?? {}
  return status === 'sending' || (status === 'undone' && undo === null) || (notices?.held ?? 0) > 0
}
