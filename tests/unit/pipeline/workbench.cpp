#include "unit/pipeline/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bot/config/load.hpp"
#include "bot/json/alert_json.hpp"
#include "support/house.hpp"

namespace rapport::test {

const std::string_view bench_rules = R"(
rules:
  - name: champion-waits
    title: A champion waits for an answer
    when: person.role in [champion] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community]
    reply within: 2h
    escalate: [{after: 1h, to: on duty in support}, {after: 4h, to: "@lead"}]
    cooldown: 0s
  - name: customer-waits
    title: A customer has waited for a while
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    after: 15m
    ask: [strongest tie, on duty in support]
    reply within: 4h
    cooldown: 1h
    brand reply: counts
  - name: staff-there
    title: Somebody new asks where Ada is
    when: conversation.staff has ada and message.needs_reply
    ask: [channel]
    reply within: 1h
    cooldown: 1d
    urgency: high
)";

namespace {

class TouchyReader final : public Reader {
public:
    TouchyReader(std::vector<std::string> names, std::shared_ptr<const bool> trouble)
        : simple_(std::move(names)), trouble_(std::move(trouble)) {}
    Reading read(std::string_view text, const ReadingContext& context) const override {
        if (text.find("poison") != std::string_view::npos) throw std::runtime_error("cannot read poison");
        if (trouble_ && *trouble_ && text.find("touchy") != std::string_view::npos)
            throw std::runtime_error("cannot read it just now");
        return simple_.read(text, context);
    }

private:
    SimpleReader simple_;
    std::shared_ptr<const bool> trouble_;
};

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().what);
    return std::move(*result);
}

}  // namespace

std::shared_ptr<const World> bench_world(std::shared_ptr<const bool> trouble, std::string_view rules) {
    rules::LoadResult loaded = rules::load(rules, "rules.yaml");
    if (!loaded.rules) throw std::runtime_error(to_string(loaded.diagnostics.front()));
    auto world = std::make_shared<World>(*load_team(team_yaml, "team.yaml").value, std::move(*loaded.rules),
                                         *load_config("alerts: {at_once: 100}", "rapport.yaml").value);
    world->reader = std::make_unique<TouchyReader>(world->team.brand_names(), std::move(trouble));
    return world;
}

Account account_of(std::string_view name, std::string_view platform) {
    Account account;
    account.key = {std::string(platform), "home", std::string(name)};
    account.handle = name;
    return account;
}

Event said(std::string_view who, std::string_view text, std::string_view id, Time at) {
    MessagePosted posted;
    posted.message.channel = {{"chat", "home", "help"}, "help", ChannelKind::open};
    posted.message.id = id;
    posted.message.author = account_of(who);
    posted.message.text = text;
    posted.message.at = at;
    Event event;
    event.body = std::move(posted);
    event.seen = at;
    event.source = "test";
    return event;
}

Event knows(std::string_view who, std::vector<std::string> roles, std::string_view owner, Time at) {
    Event event;
    event.body = ContactStated{account_of(who), std::move(roles), std::string(owner), "", at};
    event.seen = at;
    return event;
}

std::unique_ptr<Store> open_bench_store(FaultyDisk& disk) {
    SqliteOptions options;
    options.path = "rapport.db";
    options.vfs = disk.vfs();
    options.exclusive = true;
    return must(open_sqlite(options));
}

Workbench::Workbench(std::size_t kept, std::string_view rules)
    : keep(kept), engine(bench_world(trouble, rules)) {
    reopen();
}

void Workbench::reopen() {
    committer.reset();
    store.reset();
    store = open_bench_store(disk);
    committer = std::make_unique<Committer>(*store, engine, keep);
}

std::size_t Workbench::commit_all(const std::vector<Input>& inputs, std::size_t size) {
    std::size_t quarantined = 0;
    for (std::size_t from = 0; from < inputs.size(); from += size) {
        const std::size_t count = std::min(size, inputs.size() - from);
        quarantined += must(committer->commit(std::span{inputs}.subspan(from, count))).quarantined;
    }
    return quarantined;
}

std::string dump(Store& store) {
    std::string all;
    std::map<AccountId, AccountRow> accounts;
    for (AccountRow& row : must(store.find_accounts("", 100'000))) accounts[row.id] = std::move(row);
    for (const auto& [id, row] : accounts) {
        all += fmt::format(
            "account {} {} handle={} name={} bot={} reach={} person={} seen={}-{} messages={} "
            "owner={} note={} muted={}\n",
            std::int64_t(id), key_text(row.key), row.handle, row.name, row.bot, row.reach,
            std::int64_t(row.person), iso_utc(row.first_seen), iso_utc(row.last_seen), row.messages,
            row.owner, row.note, iso_utc(row.muted_until));
        for (const std::string& role : row.roles) all += "  role " + role + "\n";
        for (const StaffTie& tie : row.ties)
            all += fmt::format("  tie {} {} {} {} {} {} {} {}\n", std::int64_t(tie.staff), tie.out, tie.in,
                               tie.deep_out, tie.deep_in, iso_utc(tie.last_out), iso_utc(tie.last_in),
                               tie.contacts);
        for (const Cooldown& one : row.cooldowns) all += "  cooldown " + one.rule + iso_utc(one.until) + "\n";
        for (const AlertId alert : row.alerts) all += fmt::format("  alert {}\n", std::int64_t(alert));
    }
    const auto message = [&](const MessageRow& row, const AccountRow&, const ChannelRow&) {
        all += fmt::format("message {} {} by {} at {} in {} answers {} speaker {} deleted {}: {}\n",
                           std::int64_t(row.id), row.native, std::int64_t(row.author), iso_utc(row.at),
                           std::int64_t(row.conversation), std::int64_t(row.reply_to), int(row.speaker),
                           row.deleted, row.text);
        return true;
    };
    if (const auto done = store.each_message(Time::min(), message); !done)
        throw std::runtime_error(done.error().what);
    for (const AlertRow& row : must(store.alerts(false, AlertId::none, 100'000))) {
        all += alert_json(row, accounts[row.about], {}, {}) + "\n";
        all += fmt::format("  revision {} notified {} asking {} staffer {}\n", row.revision, row.notified,
                           row.asking_about_answer, row.staffer);
        for (const AlertLine& line : row.history) all += "  " + iso_utc(line.at) + " " + line.text + "\n";
        for (const std::string& line : row.why) all += "  why " + line + "\n";
    }
    for (const OutboxRow& row : must(store.outbox(100'000))) {
        all += fmt::format("outbox {} {} notify={} to={}{}\n", std::int64_t(row.id), row.outgoing.id,
                           row.outgoing.notify, row.outgoing.to.size(),
                           row.outgoing.team ? " and the team" : "");
        if (const Card* card = std::get_if<Card>(&row.outgoing.body)) {
            all += "  " + card->title + "/" + card->status + "\n";
            for (const Field& field : card->fields) all += "  " + field.label + ": " + field.text + "\n";
        }
    }
    State state;
    if (const auto opened = store.open(state); !opened) throw std::runtime_error(opened.error().what);
    for (const auto& [due, alert] : state.timers)
        all += fmt::format("timer {} {}\n", iso_utc(due), std::int64_t(alert));
    for (const auto& [name, row] : state.staffers)
        all += fmt::format("staffer {} open={} away={}\n", name, row.open_alerts, iso_utc(row.away_until));
    for (const auto& [bucket, count] : state.community.ties)
        all += fmt::format("ties {} {}\n", bucket, count);
    for (const auto& [name, cursor] : state.cursors) all += "cursor " + name + "=" + cursor + "\n";
    return all;
}

}  // namespace rapport::test
