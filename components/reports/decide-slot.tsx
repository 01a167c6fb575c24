type DecideSlotProps = {
  caseId: string
  version: number
  /** under which this tab has the case; null: it has not */
  claimToken: string | null
}

/** Where a case is decided, below everything that is known of it. */
export function DecideSlot({ caseId, version, claimToken }: DecideSlotProps) {
  return <div data-decide={caseId} data-version={version} data-claimed={claimToken !== null} />
}
