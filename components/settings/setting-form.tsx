'use client'

import type { ReactNode, Ref } from 'react'
import { SaveBar } from './save-bar'
import { SaveProblem } from './save-problem'
import type { SettingFormState } from './use-setting-form'

type SettingFormProps = {
  form: SettingFormState
  /** what is saved now, in words */
  theirs: string
  /** when that was read */
  serverNow: number
  ref?: Ref<HTMLFormElement>
  children: ReactNode
}

/** The frame of each setting's form: its fields, why it was not saved, what saves it and what throws the changes away. */
export function SettingForm({ form, theirs, serverNow, ref, children }: SettingFormProps) {
  return (
    <form
      ref={ref}
      onSubmit={(event) => {
        event.preventDefault()
        form.save()
      }}
      noValidate
      className="flex flex-col gap-4"
    >
      {children}
      {form.problem && (
        <SaveProblem
          error={form.problem}
          theirs={theirs}
          serverNow={serverNow}
          isBusy={form.isSaving}
          onKeepMine={form.keepMine}
          onTakeSaved={form.takeSaved}
        />
      )}
      <SaveBar isDirty={form.isDirty} isSaving={form.isSaving} onReset={form.takeSaved} />
    </form>
  )
}
