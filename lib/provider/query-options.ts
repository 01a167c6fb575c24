import { queryOptions } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { AdviceDto, AdviceInput } from './schemas'

/** The browser's reads about providers. */
export const providerQueries = {
  all: () => ['providers'] as const,
  advice: ({ provider, kind, code }: AdviceInput, locale: string) =>
    queryOptions({
      queryKey: [...providerQueries.all(), 'advice', locale, provider, kind, code ?? null],
      queryFn: ({ signal }) =>
        read<AdviceDto>(
          '/api/providers/advice',
          { provider, kind, code: code === undefined ? undefined : String(code) },
          signal,
        ),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
