#include "bot/alerts/card.hpp"
#include "support/web_house_parts.hpp"

namespace rapport::test {

namespace {

/// A visitor's secret, which only their browser knows: the same for the same name.
std::string secret_of(std::string_view name) {
    std::string secret;
    for (const char c : name.substr(0, 16)) secret += fmt::format("{:02x}", static_cast<unsigned char>(c));
    secret.resize(32, '0');
    return secret;
}

/// Staff have an account at the desk, which no file lists (as in load_world.cpp).
std::shared_ptr<const World> with_desks(const World& world) {
    Team team = world.team;
    for (const Staffer& staffer : world.team.staffers())
        team.add_account(staffer.name, {"web", world.config.web.realm, "staff:" + staffer.name});
    return std::make_shared<const World>(std::move(team), world.rules, world.config);
}

asio::awaitable<void> wait_idle(Pipeline& pipeline, bool& idle) {
    co_await pipeline.idle();
    idle = true;
}

}  // namespace

WebHouse::WebHouse(std::string_view rules, std::string_view team, std::string_view config)
    : PlainHouse(Closed{}, rules, team, config) {
    world_ = with_desks(*world_);
    engine_->replace_world(world_);
    parts_ = std::make_unique<Parts>(*this);
    parts_->open();
    settle();
}

WebHouse::~WebHouse() = default;

bool WebHouse::is_desk(std::string_view staffer) const {
    return parts_->desks.contains(staffer);
}

DeskPage& WebHouse::desk(std::string_view staffer) {
    const auto at = parts_->desks.find(staffer);
    if (at == parts_->desks.end()) throw std::runtime_error("no desk for " + std::string(staffer));
    return *at->second;
}

VisitorPage& WebHouse::visitor(std::string_view name) {
    const auto at = parts_->visitors.find(name);
    if (at != parts_->visitors.end()) return *at->second;
    auto page = std::make_unique<VisitorPage>(parts_->io, secret_of(name), std::string(name));
    VisitorPage& came = *parts_->visitors.emplace(name, std::move(page)).first->second;
    parts_->come(came);
    return came;
}

AccountKey WebHouse::key(std::string_view who, std::string_view platform) const {
    if (platform != "web") return PlainHouse::key(who, platform);
    const std::string& realm = world_->config.web.realm;
    if (who == "brand") return {"web", realm, "brand"};
    if (is_desk(who)) return {"web", realm, "staff:" + std::string(who)};
    return {"web", realm, web::visitor_id(secret_of(who))};
}

ChannelKey WebHouse::channel_of(const Saying& how) const {
    if (how.platform != "web") return PlainHouse::channel_of(how);
    return {"web", world_->config.web.realm, web::visitor_id(secret_of(how.channel))};
}

// ---------------------------------------------------------------------------------------- what goes in

std::string WebHouse::new_page_id() {
    return fmt::format("{:013}-{:016}", now_.time_since_epoch().count(), parts_->next_page_id++);
}

std::string WebHouse::say(std::string_view who, std::string_view text, Saying how) {
    if (how.platform != "web") return PlainHouse::say(who, text, std::move(how));
    std::string id = how.id.empty() ? new_page_id() : how.id;
    const std::string said{text};
    if (const bool brand = who == "brand"; brand || is_desk(who)) {
        DeskPage& at = brand ? *parts_->desks.begin()->second : desk(who);
        at.say(id, channel_of(how).id, said, how.reply_to, brand);
    } else {
        visitor(who).say(id, said);
    }
    settle();
    return id;
}

Event WebHouse::pressing(std::string_view staffer, AlertId alert, std::string_view button,
                         std::string_view choice, std::string_view brief) {
    Event event = PlainHouse::pressing(staffer, alert, button, choice, brief);
    if (is_desk(staffer)) std::get<Action>(event.body).by = key(staffer, "web");
    return event;
}

std::string WebHouse::press_and_go(std::string_view staffer, AlertId alert, std::string_view button,
                                   std::string_view choice, std::string_view brief) {
    std::map<std::string, std::string> values;
    if (!choice.empty()) values["choice"] = choice;
    if (!brief.empty()) values["brief"] = brief;
    const std::string id = fmt::format("press-{:024x}", parts_->next_page_id++);
    desk(staffer).press(id, card_id(alert), std::string(button), values);
    return id;
}

std::string WebHouse::press(std::string_view staffer, AlertId alert, std::string_view button,
                            std::string_view choice, std::string_view brief) {
    // No such button stands before them: as from another desk.
    if (!is_desk(staffer) || !desk(staffer).has_button(card_id(alert), button, choice))
        return PlainHouse::press(staffer, alert, button, choice, brief);
    const std::string id = press_and_go(staffer, alert, button, choice, brief);
    settle();
    const auto notice = desk(staffer).notices.find(id);
    return notice == desk(staffer).notices.end() ? "" : notice->second;
}

void WebHouse::press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                             std::string_view button) {
    for (const std::string& staffer : staffers) press_and_go(staffer, alert, button);
    settle();
}

void WebHouse::press_letter(std::string_view staffer, const std::string& id, const std::string& button,
                            std::string_view choice) {
    DeskPage& at = desk(staffer);
    if (!at.letter_has_button(id, button, choice))
        throw std::runtime_error(fmt::format("{} has no {} at the desk of {}", id, button, staffer));
    std::map<std::string, std::string> values;
    if (!choice.empty()) values["choice"] = choice;
    const int before = at.answers;
    at.ask(fmt::format("ask-{:024x}", parts_->next_page_id++), button, values);
    parts_->wait_for([&] { return at.answers > before; }, "nothing is answered");
    settle();
}

void WebHouse::commit(std::vector<Input> inputs) {
    for (Input& input : inputs) parts_->pipeline->put_inner(std::move(input));
    settle();
}

void WebHouse::calm_store() const {
    wait_until_drained(parts_->store_thread);
}

bool WebHouse::change_rules(std::string_view rules) {
    if (!PlainHouse::change_rules(rules)) return false;
    settle();
    return true;
}

// -------------------------------------------------------------------------------------------- what follows

void WebHouse::settle() {
    Parts& parts = *parts_;
    if (parts.adapter) parts.adapter->replace_roster(parts.roster());
    constexpr int calm = 2;
    std::size_t seen = parts.activity();
    for (int quiet = 0; quiet < calm;) {
        bool idle = false;
        asio::co_spawn(parts.io, wait_idle(*parts.pipeline, idle), net::rethrow);
        parts.wait_for([&] { return idle; }, "it does not settle");
        parts.each_page([](WebPage& page) { page.echo(); });
        parts.wait_for(
            [&] {
                bool all = true;
                parts.each_page([&](const WebPage& page) { all = all && page.echoed(); });
                return all;
            },
            "a page does not answer");
        const std::size_t now = parts.activity();
        const bool nothing = parts.pipeline->waiting() == 0 && parts.pipeline->undelivered() == 0;
        quiet = nothing && now == seen ? quiet + 1 : 0;
        seen = now;
    }
    if (parts.quarantined > 0) throw std::runtime_error("something was quarantined");
    check_cards();
}

void WebHouse::check_cards() {
    for (const AlertRow& alert : alerts()) {
        const auto shown = cards.find(card_id(alert.id));
        if (shown != cards.end() && shown->second.revision != alert.revision)
            throw std::runtime_error(fmt::format("{} stands in the store in revision {}, at the desk in {}",
                                                 shown->first, alert.revision, shown->second.revision));
    }
    for (const auto& [name, page] : parts_->desks)
        if (page->connected()) check_desk(*page);
    for (const auto& [name, page] : parts_->visitors)
        if (page->connected() && !page->unsent.empty())
            throw std::runtime_error(name + "'s words are not confirmed");
}

void WebHouse::check_desk(const DeskPage& desk) {
    const auto wrong = [&](const std::string& id, const std::string& what) {
        throw std::runtime_error(fmt::format("{} at {}'s desk: {}", id, desk.staffer(), what));
    };
    if (!desk.unconfirmed.empty()) wrong(*desk.unconfirmed.begin(), "is not confirmed");
    for (const auto& [id, held] : desk.cards)
        if (!cards.contains(id)) wrong(id, "nobody has shown it");
    const Staffer* staffer = world().team.staffer(desk.staffer());
    if (!staffer || !staffer->on_team(now())) {
        if (!desk.cards.empty() || !desk.letters.empty())
            wrong("something", "stands there, though they left");
        return;
    }
    for (const auto& [id, sent] : letters) {
        const auto theirs = [&](const AccountKey& to) {
            return std::find(staffer->accounts.begin(), staffer->accounts.end(), to) !=
                   staffer->accounts.end();
        };
        const bool should =
            sent.second.empty() || std::any_of(sent.second.begin(), sent.second.end(), theirs);
        const auto held = desk.letters.find(id);
        if (should != (held != desk.letters.end()))
            wrong(id, should ? "is not there to read" : "is not for them");
        if (should && held->second.at("title").as_string() != sent.first.page.title)
            wrong(id, "has another title");
    }
    for (const auto& [id, card] : cards) {
        const std::set<std::string>& names = parts_->addressed.at(id);
        const auto held = desk.cards.find(id);
        // A restart forgets the closed ones.
        const bool mine = names.contains(desk.staffer());
        const bool should = parts_->shown_now.contains(id) && (mine || shown_to_team.contains(id));
        if (held == desk.cards.end()) {
            if (should) wrong(id, "does not stand there");
            continue;
        }
        if (!should) wrong(id, "stands there, and is not for them");
        const std::string meant = in_words(card), shown = in_words(held->second);
        if (meant != shown) wrong(id, "says\n" + shown + "and not\n" + meant);
        if (mine != held->second.at("mine").as_bool())
            wrong(id, mine ? "is not told to be theirs" : "is told to be theirs");
        const auto heard = desk.sounds.find(id);
        const int sounded = heard == desk.sounds.end() ? 0 : heard->second;
        const int wanted = parts_->sounds[desk.staffer()][id];
        if (sounded != wanted) wrong(id, fmt::format("sounds {} times, not {}", sounded, wanted));
    }
}

// ------------------------------------------------------------------------------------------ ends and starts

void WebHouse::reconnect(WebPage& page) {
    parts_->go(page);
    parts_->come(page);
    settle();
}

/// As when the program starts: what is open is shown again, for the website keeps no cards.
void WebHouse::crash() {
    disk_.crash(CrashKind::lose_all);
    parts_->close();
    parts_->open();
    put(ShowAgain{});
}

std::vector<std::string> WebHouse::all_rows() {
    parts_->close();
    std::vector<std::string> rows = rows_of_closed();
    parts_->open();
    put(ShowAgain{});
    return rows;
}

}  // namespace rapport::test
