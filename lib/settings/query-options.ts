import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { read } from '@/lib/read'
import type { SettingVersionsDto } from './history-schemas'
import type { SettingKey } from './rules'

/** The browser's reads about settings. */
export const settingQueries = {
  all: () => ['settings'] as const,
  /** the versions of one, newest first; `version` is the present one, for which they are read */
  history: (key: SettingKey, version: number) =>
    infiniteQueryOptions({
      queryKey: [...settingQueries.all(), 'history', key, version],
      queryFn: ({ pageParam, signal }) =>
        read<SettingVersionsDto>('/api/settings/history', { key, before: pageParam?.toString() }, signal),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
}
