import { once } from 'node:events'
import { Client } from 'pg'
import { startPostgres } from './postgres'

/** A process that starts a PostgreSQL, says where, and waits to be killed. */
const { url } = await startPostgres()
const client = new Client({ connectionString: url })
await client.connect()
const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
await client.end()
process.stdout.write(`started ${url} ${rows[0]?.folder}\n`)
process.stdin.resume()
await once(process.stdin, 'close')
