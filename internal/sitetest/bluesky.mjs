// A Bluesky server of one account on loopback. Run in a folder where npm installed @atproto/dev-env.
import net from 'node:net'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

// The servers of dev-env listen on all interfaces; here they stay on this computer.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port === 'object' && port !== null) return listen.call(this, { ...port, host: '127.0.0.1' }, ...rest)
  return listen.call(this, port ?? 0, '127.0.0.1', ...rest.filter((a) => typeof a === 'function'))
}

const { TestPlc, TestPds } = await import(pathToFileURL(createRequire(process.cwd() + '/').resolve('@atproto/dev-env')))
const plc = await TestPlc.create({})
const pds = await TestPds.create({ didPlcUrl: plc.url })
await pds.getClient().com.atproto.server.createAccount({ handle: 'practice.test', email: 'front-desk@practice.test', password: 'app-pass-word-123' })
console.log(pds.url)
process.stdin.on('end', () => process.exit(0)).resume()
