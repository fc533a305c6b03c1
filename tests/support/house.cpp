#include "support/house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "bot/alerts/card.hpp"
#include "bot/config/load.hpp"
#include "bot/store/lookup.hpp"
#include "rules/diagnostic.hpp"
#include "rules/explain.hpp"

namespace rapport::test {

const std::string_view team_yaml = R"(
brand:
  names: [Acme]
  accounts: ["chat:home:brand"]
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, hours: office}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin, hours: office}
  cyd: {full_name: Cyd Tanaka, accounts: ["chat:home:cyd"], zone: Europe/Berlin, hours: office, lead: true}
groups:
  community: [ada, bea]
  support: [bea, cyd]
)";

Time moment(std::string_view text) {
    std::istringstream in{std::string(text)};
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    char dash = 0, colon = 0;
    in >> year >> dash >> month >> dash >> day >> hour >> colon >> minute;
    if (!in) throw std::runtime_error("not a moment: " + std::string(text));
    using namespace std::chrono;
    return sys_days{std::chrono::year{year} / month / day} + hours{hour} + minutes{minute};
}

namespace {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().what);
    return std::move(*result);
}

void must(const Result<>& result) {
    if (!result) throw std::runtime_error(result.error().what);
}

template <class T>
T must(Loaded<T> loaded) {
    if (!loaded.value) throw std::runtime_error(loaded.problems.front().text());
    return std::move(*loaded.value);
}

}  // namespace

PlainHouse::PlainHouse(std::string_view rules, std::string_view team, std::string_view config)
    : PlainHouse(Closed{}, rules, team, config) {
    open();
}

PlainHouse::PlainHouse(Closed, std::string_view rules, std::string_view team, std::string_view config)
    : now_(moment("2026-03-02 09:00")) {
    rules::LoadResult loaded = rules::load(rules, "rules.yaml");
    if (!loaded.rules) throw std::runtime_error(to_string(loaded.diagnostics.front()));
    world_ = std::make_shared<const World>(must(load_team(team, "team.yaml")), std::move(*loaded.rules),
                                           must(load_config(config, "rapport.yaml")));
    engine_ = std::make_unique<Engine>(world_);
}

ChannelKey PlainHouse::channel_of(const Saying& how) const {
    return {how.platform, "home", how.channel};
}

std::string PlainHouse::link(std::string_view id, Saying) const {
    return "https://example.org/" + std::string(id);
}

void PlainHouse::open_store() {
    SqliteOptions options;
    options.path = "rapport.db";
    options.vfs = disk_.vfs();
    options.exclusive = true;
    store_ = must(open_sqlite(options));
}

void PlainHouse::open() {
    open_store();
    committer_ = std::make_unique<Committer>(*store_, *engine_);
    must(committer_->open());
    outbox_ = Outbox{};
    for (OutboxRow& row : must(store_->outbox(100'000))) outbox_.add(std::move(row));
}

void PlainHouse::crash() {
    disk_.crash(CrashKind::lose_all);
    committer_.reset();
    store_.reset();
    open();
    deliver();
}

void PlainHouse::commit(std::vector<Input> inputs) {
    Committed committed = must(committer_->commit(inputs));
    if (committed.quarantined > 0)
        throw std::runtime_error("quarantined: " + must(store_->quarantined(10)).back().error);
    std::vector<Input> replaced;
    for (OutboxRow& row : committed.outbox)
        if (const auto older = outbox_.add(std::move(row))) replaced.push_back({Delivered{*older}, now_});
    if (!replaced.empty()) must(committer_->commit(replaced));
    deliver();
}

void PlainHouse::deliver() {
    std::vector<Input> done;
    while (std::optional<OutboxRow> row = outbox_.take(now_)) {
        show(row->outgoing);
        done.push_back({outbox_.arrived(row->id), now_});
    }
    if (!done.empty()) must(committer_->commit(done));
}

void PlainHouse::show(const Outgoing& outgoing) {
    if (const Card* card = std::get_if<Card>(&outgoing.body)) {
        cards[card->id] = *card;
        shown_to[card->id] = outgoing.to;
        if (outgoing.team) shown_to_team.insert(card->id);
        if (outgoing.notify) ++sounds[card->id];
    }
    if (const Notice* notice = std::get_if<Notice>(&outgoing.body)) notices.push_back(*notice);
    if (const Letter* letter = std::get_if<Letter>(&outgoing.body))
        letters[outgoing.id] = {*letter, outgoing.to};
}

void PlainHouse::put(decltype(Input::what) what) {
    commit({{std::move(what), now_}});
}

void PlainHouse::at(std::string_view when) {
    now_ = moment(when);
    put(Tick{});
}

void PlainHouse::later(std::chrono::milliseconds duration) {
    now_ += duration;
    put(Tick{});
}

AccountKey PlainHouse::key(std::string_view who, std::string_view platform) const {
    return {std::string(platform), "home", std::string(who)};
}

Event PlainHouse::saying(std::string_view who, std::string_view text, Saying how) {
    MessagePosted posted;
    Message& message = posted.message;
    message.id = how.id.empty() ? fmt::format("m{:06}", next_id_++) : how.id;
    message.channel = {channel_of(how), how.channel, how.kind};
    message.author.key = key(who, how.platform);
    message.author.handle = who;
    message.author.bot = how.bot;
    message.text = text;
    message.at = now_;
    message.reply_to = how.reply_to;
    message.thread = how.thread;
    message.role = how.role;
    message.via_app = how.via_app;
    message.link = "https://example.org/" + message.id;
    for (const std::string& mention : how.mentions) message.mentions.push_back(key(mention, how.platform));
    posted.late = how.late;
    Event event;
    event.body = std::move(posted);
    event.seen = now_;
    return event;
}

std::string PlainHouse::say(std::string_view who, std::string_view text, Saying how) {
    Event event = saying(who, text, std::move(how));
    const std::string id = std::get<MessagePosted>(event.body).message.id;
    put(std::move(event));
    return id;
}

void PlainHouse::press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                               std::string_view button) {
    std::vector<Event> presses;
    for (const std::string& staffer : staffers) presses.push_back(pressing(staffer, alert, button));
    together(std::move(presses));
}

void PlainHouse::together(std::vector<Event> events) {
    std::vector<Input> inputs;
    for (Event& event : events) inputs.push_back({std::move(event), now_});
    commit(std::move(inputs));
}

void PlainHouse::mixed(std::vector<decltype(Input::what)> what) {
    std::vector<Input> inputs;
    for (auto& one : what) inputs.push_back({std::move(one), now_});
    commit(std::move(inputs));
}

void PlainHouse::edit(std::string_view id, std::string_view text, Saying where) {
    Event event;
    event.body = MessageEdited{{channel_of(where), std::string(id)}, std::string(text), now_};
    event.seen = now_;
    put(std::move(event));
}

void PlainHouse::remove(std::string_view id, Saying where) {
    Event event;
    event.body = MessageDeleted{{channel_of(where), std::string(id)}, now_};
    event.seen = now_;
    put(std::move(event));
}

void PlainHouse::know(std::string_view who, std::vector<std::string> roles, std::string_view owner,
                      std::string_view platform) {
    ContactStated contact;
    contact.account.key = key(who, platform);
    contact.account.handle = who;
    contact.roles = std::move(roles);
    contact.owner = owner;
    contact.at = now_;
    Event event;
    event.body = std::move(contact);
    event.seen = now_;
    put(std::move(event));
}

Event PlainHouse::pressing(std::string_view staffer, AlertId alert, std::string_view button,
                           std::string_view choice, std::string_view brief) {
    Action action;
    action.id = fmt::format("press{}", next_id_++);
    action.by = key(staffer, "chat");
    action.card = card_id(alert);
    action.button = button;
    if (!choice.empty()) action.values["choice"] = choice;
    if (!brief.empty()) action.values["brief"] = brief;
    action.at = now_;
    Event event;
    event.body = std::move(action);
    event.seen = now_;
    return event;
}

std::string PlainHouse::press(std::string_view staffer, AlertId alert, std::string_view button,
                              std::string_view choice, std::string_view brief) {
    Event event = pressing(staffer, alert, button, choice, brief);
    const std::string id = std::get<Action>(event.body).id;
    put(std::move(event));
    for (const Notice& notice : notices)
        if (notice.action == id) return notice.text;
    return "";
}

bool PlainHouse::change_rules(std::string_view rules) {
    rules::LoadResult loaded = rules::load(rules, "rules.yaml");
    mistakes.clear();
    for (const rules::Diagnostic& diagnostic : loaded.diagnostics) mistakes.push_back(to_string(diagnostic));
    if (!loaded.rules) return false;
    world_ = std::make_shared<const World>(world_->team, std::move(*loaded.rules), world_->config);
    engine_->replace_world(world_);
    return true;
}

std::vector<AlertRow> PlainHouse::alerts() const {
    return must(store().alerts(false, AlertId::none, 10'000));
}

AlertRow PlainHouse::alert(AlertId id) const {
    for (AlertRow& row : alerts())
        if (row.id == id) return std::move(row);
    throw std::runtime_error("no such alert");
}

AlertRow PlainHouse::only_alert() const {
    const std::vector<AlertRow> all = alerts();
    if (all.size() != 1) throw std::runtime_error(fmt::format("{} alerts instead of one", all.size()));
    return all.front();
}

AccountRow PlainHouse::account(std::string_view who, std::string_view platform) const {
    State state;
    Wanted wanted;
    wanted.account_keys = {key(who, platform)};
    must(store().load(wanted, state));
    const AccountId id = state.account_ids.find(wanted.account_keys.front()).value_or(AccountId::none);
    if (id == AccountId::none) throw std::runtime_error("nobody is called " + std::string(who));
    return state.accounts.at(id);
}

PersonView PlainHouse::person(std::string_view who, State& into, std::string_view platform) const {
    must(store().open(into));
    const AccountRow row = account(who, platform);
    Wanted wanted;
    wanted.accounts = {row.id};
    wanted.persons = {row.person};
    must(store().load(wanted, into));
    Wanted staff;
    for (const AccountId id : into.persons.at(row.person)) {
        staff.accounts.push_back(id);
        for (const StaffTie& tie : into.accounts.at(id).ties) staff.accounts.push_back(tie.staff);
    }
    must(store().load(staff, into));
    return view_person(into, world_->people, row.id, now_);
}

std::string PlainHouse::text_of(std::string_view id, Saying where) const {
    return message(id, std::move(where)).text;
}

void PlainHouse::load(const Wanted& wanted, State& into) const {
    must(store().load(wanted, into));
}

MessageRow PlainHouse::message(std::string_view id, Saying where) const {
    const auto lines = must(store().transcript(channel_of(where), "", 1000));
    const std::string wanted = native(id);
    for (const TranscriptLine& line : lines)
        if (line.message.native == wanted) return line.message;
    throw std::runtime_error("no such message");
}

std::string PlainHouse::why(std::string_view rule, std::string_view id, Saying where) const {
    const MessageRow row = message(id, where);
    Lookup lookup{store()};
    lookup.load_around(row.id);
    const rules::RuleSet& rules = world_->rules;
    const auto found = rules.find(rule);
    if (!found) throw std::runtime_error("no such rule");
    return rules::to_text(rules::explain(rules, *found, facts_of(lookup.state(), *world_, row.id, now_)));
}

StoreCounts PlainHouse::counts() const {
    return must(store().counts());
}

const Card& PlainHouse::card(AlertId alert) const {
    return cards.at(card_id(alert));
}
bool PlainHouse::was_shown(AlertId alert) const {
    return cards.contains(card_id(alert));
}

}  // namespace rapport::test
