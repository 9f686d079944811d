import Recurrence
import Testing

@testable import Model

/// Which rollouts a person means who ends those of a job.
struct BegunTests {
    @Test(arguments: [
        (RolloutPosition.going(ring: 0), "08:00", true), (.going(ring: 0), "09:00", true),
        (.going(ring: 0), "09:01", false), (.planning(clients: ["lima"]), "09:01", false),
        (.stopped(why: "its pilots were cancelled"), "09:01", true),
    ])
    func `a rollout has begun when the first of its runs is due, or it has stopped`(
        _ position: RolloutPosition, _ first: String, _ hasBegun: Bool
    ) {
        // That some of its runs are over says nothing: they may have been cancelled.
        let ring = RolloutTally.Ring(planned: 4, open: 2)
        let tally = RolloutTally(rings: [0: ring], firstDue: Given.at(first))
        #expect(tally.hasBegun(position, now: Given.at("09:00")) == hasBegun)
    }
}
