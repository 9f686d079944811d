import Manifest
import Model
import Recurrence
import Testing

/// The examples of the manifests' description, reduced to what acts already.
@Suite struct ExampleTests {
    @Test func `a client`() throws {
        let text = """
            kind: Client
            name: harbour-dental
            title: Harbour Dental
            timezone: America/Vancouver
            businessHours: ["Mon-Fri 08:00-18:00", "Sat 09:00-13:00"]   # ends after midnight are the next day's
            holidays: [bc-holidays]          # on the days of these calendars there are no business hours
            contacts: {office: office@harbour.example}
            """
        #expect(
            try definition(text)
                == .client(
                    Client(
                        name: "harbour-dental", title: "Harbour Dental", timezone: "America/Vancouver",
                        businessHours: ["Mon-Fri 08:00-18:00", "Sat 09:00-13:00"], holidays: ["bc-holidays"],
                        contacts: ["office": "office@harbour.example"])))
    }

    @Test func `a calendar`() throws {
        let text = """
            kind: Calendar
            name: bc-holidays
            days:                            # whole local days
              - {date: 2026-12-25, name: Christmas Day}
              - {rrule: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", starting: 2020-07-01, name: Canada Day}
            freezes:                         # whole local days, both ends included
              - {from: 2026-12-19, through: 2027-01-03, reason: Year-end freeze}
            """
        let calendar = Calendar(
            name: "bc-holidays",
            days: [
                .init(date: CivilDate("2026-12-25"), name: "Christmas Day"),
                .init(
                    rrule: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", starting: CivilDate("2020-07-01"), name: "Canada Day"),
            ],
            freezes: [
                .init(
                    from: try #require(CivilDate("2026-12-19")), through: try #require(CivilDate("2027-01-03")),
                    reason: "Year-end freeze")
            ])
        #expect(try definition(text) == .calendar(calendar))
    }

    @Test func `two windows in one file`() throws {
        let text = """
            kind: Window
            name: server-patching
            opens: {rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: 2026-01-13T02:00, offset: 5d}
            duration: 3h
            cutoff: 45m                      # no run starts in the last 45 minutes
            atClose: finish
            timezone: Europe/London          # left out: each client's own
            except: [bc-holidays]            # closed on the days and in the freezes of these calendars
            ---
            kind: Window
            name: quiet-hours
            outside: business-hours          # open whenever the client's business hours are not
            cutoff: 30m
            """
        let result = ManifestReader.read(text: text, file: "m.yaml")
        #expect(result.problems == [])
        #expect(
            result.definitions == [
                .window(
                    WindowRule(
                        name: "server-patching",
                        opens: ScheduleRule(
                            rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: LocalTime("2026-01-13T02:00"),
                            offset: Span(days: 5)),
                        duration: Span(seconds: 10_800), cutoff: Span(seconds: 2700), timezone: "Europe/London",
                        except: ["bc-holidays"])),
                .window(WindowRule(name: "quiet-hours", outside: .businessHours, cutoff: Span(seconds: 1800))),
            ])
        #expect(result.documents.map(\.line) == [1, 10])
        #expect(result.documents.map(\.column) == [1, 1])
    }

    @Test func `an asset`() throws {
        let text = """
            kind: Asset
            name: hd-srv-01
            client: harbour-dental
            is: server
            labels: {os: windows, ring: canary, ha: sql-pair}
            facts: {purchased: 2021-03-09, warrantyUntil: 2026-03-09, model: "PowerEdge T340", ram: 016, spare: no}
            """
        let facts = [
            "purchased": "2021-03-09", "warrantyUntil": "2026-03-09", "model": "PowerEdge T340", "ram": "016",
            "spare": "no",
        ]
        #expect(
            try definition(text)
                == .asset(
                    Asset(
                        name: "hd-srv-01", client: "harbour-dental", kind: "server",
                        labels: ["os": "windows", "ring": "canary", "ha": "sql-pair"], facts: facts)))
    }

    @Test func `a job`() throws {
        let text = """
            kind: Job
            name: patch-servers
            summary: Install security updates on servers
            labels: {pillar: patching}
            clients: all
            schedule:                        # one of cron, rrule, every
              rrule: "FREQ=MONTHLY;BYDAY=2TU"
              starting: 2026-01-13T02:00
              offset: 5d
              timezone: America/Vancouver    # left out: each client's own
            window: server-patching
            targets: {is: server, labels: {os: linux}}     # left out: one run for the client as a whole
            within: 7d
            lead: 0s                         # how long before it is due a run (a person's task, say) is made
            catchUp: latest
            overlap: skip
            priority: 60                     # 0…100, more is sooner
            queue: linux
            retry: {attempts: 3, wait: 5m, factor: 1.5, most: 1h}
            action:
              exec:
                command: [/usr/local/bin/patch, --host, "{{ asset.name }}"]
                timeout: 45m
                environment: {PATCH_TOKEN: {secret: patch-token}}
            """
        let exec = ExecAction(
            command: ["/usr/local/bin/patch", "--host", "{{ asset.name }}"], timeout: Span(seconds: 2700),
            environment: ["PATCH_TOKEN": .secret("patch-token")])
        let job = Job(
            name: "patch-servers", summary: "Install security updates on servers", labels: ["pillar": "patching"],
            clients: .all,
            schedule: ScheduleRule(
                rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: LocalTime("2026-01-13T02:00"), offset: Span(days: 5),
                timezone: "America/Vancouver"),
            window: "server-patching", targets: TargetSelector(kinds: ["server"], labels: ["os": "linux"]),
            within: Span(days: 7), lead: Span(), priority: 60, queue: "linux",
            retry: RetryPolicy(attempts: 3, wait: Span(seconds: 300), factor: 1.5, most: Span(seconds: 3600)),
            action: .exec(exec))
        #expect(try definition(text) == .job(job))
    }

    @Test func `a task and a reminder`() throws {
        let task = """
            kind: Job
            name: hardware-age
            clients: {labels: {size: small}}
            schedule: {cron: "0 9 1 1,4,7,10 *"}
            action:
              task:
                assignee: desk
                steps: [Look at each, Agree with the client]
                evidence: required
                review: {is: [server, laptop], fact: purchased, olderThan: 5y}
            """
        guard case .job(let review) = try definition(task) else { return }
        #expect(review.clients == .labels(["size": "small"]))
        #expect(
            review.action
                == .task(
                    TaskAction(
                        assignee: "desk", steps: ["Look at each", "Agree with the client"], evidence: .required,
                        review: .init(
                            kinds: ["server", "laptop"], fact: "purchased", olderThan: try #require(Age("5y"))))))
        let remind = """
            kind: Job
            name: training
            clients: [harbour, brook]
            schedule: {every: 1d}
            action:
              remind:
                to: {webhook: "https://chat.example/hook"}
                message: |
                  The yearly training
                  is due.
                acknowledge: required
                repeat: 7d
            """
        guard case .job(let training) = try definition(remind) else { return }
        #expect(training.clients == .named(["harbour", "brook"]))
        #expect(
            training.action
                == .remind(
                    RemindAction(
                        to: .webhook("https://chat.example/hook"), message: "The yearly training\nis due.\n",
                        acknowledge: .required, repeat: Span(days: 7))))
    }

    @Test func `what is left out is as the model says`() throws {
        guard case .job(let short) = try definition(job()) else { return }
        let every = ScheduleRule(every: Span(seconds: 3600))
        let exec = ExecAction(command: ["check"], timeout: Span(seconds: 300))
        #expect(short == Job(name: "j", schedule: every, action: .exec(exec)))
    }
}
