#pragma once

// A whole Rapport in a test: the real engine, store, intake and outbox, on a disk in memory, with time that
// only moves when told, and a desk that remembers what it was shown.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/outbox.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/faulty_disk.hpp"

namespace rapport::test {

/// Three staffers in Berlin, office hours Monday to Friday 09:00-17:00, groups community [ada, bea] and
/// support [bea, cyd]; cyd leads. Their accounts: chat:home:<name>. Brand account: chat:home:brand; brand
/// name "Acme".
extern const std::string_view team_yaml;
/// "2026-03-02 10:00" in UTC (a Monday).
Time moment(std::string_view text);

/// What one message says besides its text.
struct Saying {
    std::string channel = "help";
    ChannelKind kind = ChannelKind::open;
    std::string platform = "chat";
    std::string reply_to{};
    std::string thread{};
    std::string role{};
    std::vector<std::string> mentions{};  ///< Account ids on the same platform.
    std::string id{};                     ///< Empty: a new one.
    bool via_app = false;
    bool late = false;
    bool bot = false;
};

/// Without any platform: what it is told are events. SlackHouse is the same with Slack in between,
/// WebHouse with the website; the scenarios run in all of them, as `House`.
class PlainHouse {
public:
    /// Throws if the files do not load. `config`: rapport.yaml text.
    explicit PlainHouse(std::string_view rules, std::string_view team = team_yaml,
                        std::string_view config = "");
    virtual ~PlainHouse() = default;
    PlainHouse(const PlainHouse&) = delete;
    PlainHouse& operator=(const PlainHouse&) = delete;

    /// Time goes on to that moment, or by that long: whatever is due happens.
    void at(std::string_view when);
    void later(std::chrono::milliseconds duration);
    Time now() const { return now_; }

    /// Someone says something; returns the message's id.
    virtual std::string say(std::string_view who, std::string_view text, Saying how = {});
    virtual void edit(std::string_view id, std::string_view text, Saying where = {});
    virtual void remove(std::string_view id, Saying where = {});
    /// Roles and owner, as staff or an import state them.
    void know(std::string_view who, std::vector<std::string> roles, std::string_view owner = "",
              std::string_view platform = "chat");
    /// A staffer presses a button on the card of an alert; returns the notice that they get.
    virtual std::string press(std::string_view staffer, AlertId alert, std::string_view button,
                              std::string_view choice = "", std::string_view brief = "");
    /// Several staffers press the same button at once, in that order.
    virtual void press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                               std::string_view button);
    /// The same press as an event that is not put in yet, with an id of its own.
    virtual Event pressing(std::string_view staffer, AlertId alert, std::string_view button,
                           std::string_view choice = "", std::string_view brief = "");
    /// The message as an event that is not put in yet.
    virtual Event saying(std::string_view who, std::string_view text, Saying how = {});
    /// Where a human finds the message of that id.
    virtual std::string link(std::string_view id, Saying where = {}) const;
    /// All at once, in one batch.
    void together(std::vector<Event> events);
    /// The account of that name.
    virtual AccountKey key(std::string_view who, std::string_view platform = "chat") const;
    /// Looks, as the program does once a minute, which letters are due, and sends them. How many were found.
    std::size_t look_for_letters();
    /// Inputs of any kind, all at once, in one batch.
    void mixed(std::vector<decltype(Input::what)> inputs);
    /// Any input at all, now.
    void put(decltype(Input::what) what);
    /// A staffer presses a button of a letter that was sent; the office does what follows. Throws if the
    /// letter has no such button or was not for them.
    virtual void press_letter(std::string_view staffer, const std::string& letter, const std::string& button,
                              std::string_view choice = "");
    /// The rules from the next input on; false, with the mistakes in `mistakes`, if they are bad: the old
    /// ones stay.
    virtual bool change_rules(std::string_view rules);
    std::vector<std::string> mistakes{};

    /// From the store.
    std::vector<AlertRow> alerts() const;
    AlertRow alert(AlertId id) const;
    AlertRow only_alert() const;  ///< Throws unless there is exactly one.
    AccountRow account(std::string_view who, std::string_view platform = "chat") const;
    PersonView person(std::string_view who, State& into, std::string_view platform = "chat") const;
    std::string text_of(std::string_view id, Saying where = {}) const;
    MessageRow message(std::string_view id, Saying where = {}) const;
    /// What the rule of that name sees in a message that was said, as of now: `rapport why --message`.
    std::string why(std::string_view rule, std::string_view id, Saying where = {}) const;
    /// Every row of every table as text, sorted; all but a key that each store draws by lot, and
    /// hashes by it. The program
    /// stops for it and starts again.
    virtual std::vector<std::string> all_rows();
    StoreCounts counts() const;

    /// What the desk shows: card id -> the newest card, and how often each alert made a sound, and for whom.
    std::map<std::string, Card> cards{};
    std::map<std::string, std::vector<AccountKey>> shown_to{};
    std::set<std::string> shown_to_team{};  ///< Ids of the cards that stand in the team's channel.
    std::map<std::string, int> sounds{};
    std::vector<Notice> notices{};
    /// By the id with which they were sent; whose they are.
    std::map<std::string, std::pair<Letter, std::vector<AccountKey>>> letters{};
    /// Throws unless it was sent.
    const Letter& letter(const std::string& id) const;
    const Card& card(AlertId alert) const;
    bool was_shown(AlertId alert) const;

    /// Once nobody else works on it.
    Store& store() const {
        calm_store();
        return *store_;
    }
    const World& world() const { return engine_->world(); }
    FaultyDisk& disk() { return disk_; }
    /// Crashes without warning and starts again from what is durable.
    virtual void crash();

protected:
    /// Loads the files and opens nothing.
    struct Closed {};
    PlainHouse(Closed, std::string_view rules, std::string_view team, std::string_view config);
    void open_store();
    virtual void commit(std::vector<Input> inputs);
    /// Returns when nothing that was begun on the store's own thread, if it has one, is under way.
    virtual void calm_store() const {}
    /// Of that channel in the store.
    virtual ChannelKey channel_of(const Saying& how) const;
    /// The platform's own id of a message that tests know by that id.
    virtual std::string native(std::string_view id) const { return std::string(id); }
    std::vector<std::string> rows_of_closed();
    void show(const Outgoing& outgoing);

    void load(const Wanted& wanted, State& into) const;

    FaultyDisk disk_;
    std::shared_ptr<const World> world_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Committer> committer_;
    Outbox outbox_;
    Time now_;
    int next_id_ = 1;

private:
    void open();
    void deliver();
};

#if !defined(RAPPORT_SLACK_HOUSE) && !defined(RAPPORT_WEB_HOUSE)
using House = PlainHouse;
#endif

}  // namespace rapport::test

#ifdef RAPPORT_SLACK_HOUSE
#include "support/slack_house.hpp"
#endif
#ifdef RAPPORT_WEB_HOUSE
#include "support/web_house.hpp"
#endif
