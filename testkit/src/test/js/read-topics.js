// Reads topics from their start and prints one JSON object a record: topic, key, value. Values are decoded by the schema
// that the registry has for the id in them; those of topics given as NAME:bytes are printed as base64.
//
// node read-topics.js BOOTSTRAP_SERVER REGISTRY_URL NUMBER_OF_RECORDS TOPIC[:bytes]...

const { Kafka, logLevel } = require('kafkajs')
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')

const [server, registryUrl, wanted, ...names] = process.argv.slice(2)
const topics = new Map(names.map((name) => name.split(':')))
const registry = new SchemaRegistry({ host: registryUrl })
const kafka = new Kafka({ clientId: 'read-topics', brokers: [server], logLevel: logLevel.ERROR })

async function readable(topic, value) {
  if (value === null) {
    return null // a tombstone
  }
  return topics.get(topic) === 'bytes' ? value.toString('base64') : registry.decode(value)
}

async function read(consumer) {
  let seen = 0
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
    const eachMessage = async ({ topic, message }) => {
      const value = await readable(topic, message.value)
      console.log(JSON.stringify({ topic, key: message.key && message.key.toString(), value }))
      seen += 1
      if (seen === Number(wanted)) {
        resolve()
      }
    }
    consumer.run({ eachMessage }).catch(reject)
  })
}

async function main() {
  const consumer = kafka.consumer({ groupId: `read-topics-${process.pid}`, retry: { retries: 2 } })
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [...topics.keys()], fromBeginning: true })
    await read(consumer)
  } finally {
    await consumer.disconnect()
  }
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
