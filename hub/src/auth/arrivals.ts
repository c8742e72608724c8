// Owns the order of sign-ins and of what ends sessions, person by person: nobody comes in late by what was good before.

type InTurn = <Result>(personId: string, work: () => Promise<Result>) => Promise<Result>

export interface Arrivals {
  /** Any number at once; who comes while sessions are being ended comes after that. */
  readonly comeIn: InTurn
  /** Once all who were on their way in are there. */
  readonly end: InTurn
}

export function createArrivals(): Arrivals {
  // When what there was last is over; as many as there are people.
  const arrived = new Map<string, Promise<void>>()
  const ended = new Map<string, Promise<void>>()

  return {
    comeIn(personId, arrive) {
      const arrival = (ended.get(personId) ?? Promise.resolve()).then(arrive)
      arrived.set(personId, over(arrived.get(personId), arrival))
      return arrival
    },

    end(personId, end) {
      const ending = over(arrived.get(personId), ended.get(personId)).then(end)
      ended.set(personId, over(ending))
      return ending
    },
  }
}

/** However they end. */
async function over(...works: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  await Promise.allSettled(works.filter((work) => work !== undefined))
}
