#pragma once

// Alerts brought into each of their states, for tables of what may follow.

#include <map>
#include <string>
#include <string_view>

#include "bot/alerts/life.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

namespace rapport::test {

inline constexpr std::string_view table_rules = R"(
rules:
  - name: at-once
    title: A champion waits
    when: person.role in [champion] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, on duty in community]
    reply within: 2h
    cooldown: 0s
  - name: later
    title: A customer waits
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    after: 30m
    ask: [owner, on duty in community]
    reply within: 2h
    cooldown: 0s
)";

/// How an alert came to be where it is.
enum class Where {
    waiting,
    held,
    open,
    claimed,
    snoozed,
    asking,
    verified,
    attested,
    attested_asking,
    dismissed,
    expired,
    withdrawn
};
inline constexpr Where everywhere[] = {Where::waiting,   Where::held,     Where::open,
                                       Where::claimed,   Where::snoozed,  Where::asking,
                                       Where::verified,  Where::attested, Where::attested_asking,
                                       Where::dismissed, Where::expired,  Where::withdrawn};

/// One alert about sam, owned by ada, said as "q1" in channel "help".
struct OneAlert {
    House house{table_rules};
    AlertId id{1};

    explicit OneAlert(Where where) {
        house.at(where == Where::held ? "2026-03-02 20:00" : "2026-03-02 10:00");
        house.know("sam", {where == Where::waiting ? "customer" : "champion"}, "ada");
        house.say("sam", "Does it speak IPv6?", {.id = "q1"});
        switch (where) {
            case Where::waiting:
            case Where::held:
            case Where::open:
                break;
            case Where::claimed:
                house.press("ada", id, "claim");
                break;
            case Where::snoozed:
                house.press("ada", id, "snooze", "1h");
                break;
            case Where::asking:
                house.say("ada", "sam: it does", {.id = "a1"});
                break;
            case Where::verified:
                house.say("ada", "it does", {.reply_to = "q1", .id = "a1"});
                break;
            case Where::attested:
                house.press("ada", id, "replied");
                break;
            case Where::attested_asking:
                house.press("ada", id, "replied");
                house.later(std::chrono::minutes{30});
                break;
            case Where::dismissed:
                house.press("ada", id, "dismiss", "not_us");
                break;
            case Where::expired:
                house.later(std::chrono::days{8});
                break;
            case Where::withdrawn:
                house.remove("q1");
                break;
        }
    }
    AlertRow row() const { return house.alert(id); }
};

/// Every staffer's counter equals the alerts that are open with them or claimed by them, every alert that is
/// not closed has a next step in time, and no timer is left of one that is.
inline void check_books(House& house) {
    State state;
    const Result<> opened = house.store().open(state);
    REQUIRE(opened);
    std::map<std::string, std::uint32_t> counted;
    for (const AlertRow& alert : house.alerts()) {
        INFO("alert " << std::int64_t(alert.id) << " in state " << int(alert.state));
        if (alert.state == AlertState::open || alert.state == AlertState::claimed) ++counted[alert.staffer];
        REQUIRE(state.timer_of(alert.id) == next_step(alert, house.world().team));
        if (!is_closed(alert.state)) {
            REQUIRE(next_step(alert, house.world().team) != never);
            REQUIRE(next_step(alert, house.world().team) > house.now());
            REQUIRE(next_step(alert, house.world().team) <= alert.expires_at);
        }
    }
    for (const auto& [name, row] : state.staffers) {
        INFO(name);
        REQUIRE(row.open_alerts == counted[name]);
    }
    for (const auto& [name, count] : counted) REQUIRE(state.staffers[name].open_alerts == count);
}

}  // namespace rapport::test
