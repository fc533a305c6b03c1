#include "support/slack_house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/slack/slack_adapter.hpp"
#include "bot/alerts/card.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "doubles/slack/double.hpp"
#include "rules/diagnostic.hpp"
#include "support/fake_slack_world.hpp"

namespace rapport::test {

namespace app = rapport::slack;
namespace asio = boost::asio;
namespace json = boost::json;
using slack::SlackDouble;
using namespace std::chrono_literals;

namespace {

const std::string workspace = "T0HOUSE";
const std::string bot_user = "U0RAPPORT";

std::string upper(std::string_view name) {
    std::string id;
    for (const char c : name)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) id += char(c >= 'a' ? c - 'a' + 'A' : c);
    return id;
}
std::string user_id(std::string_view name) {
    return "U0" + upper(name);
}

/// "chat:home:ada" becomes "slack:T0HOUSE:U0ADA".
std::string in_slack(std::string_view yaml) {
    constexpr std::string_view before = "chat:home:";
    std::string out{yaml};
    for (std::size_t at = out.find(before); at != std::string::npos; at = out.find(before, at)) {
        std::size_t end = at + before.size();
        while (end < out.size() && out[end] != '"') ++end;
        const std::string name = out.substr(at + before.size(), end - at - before.size());
        out.replace(at, end - at, "slack:" + workspace + ":" + user_id(name));
    }
    return out;
}

/// People's words as Slack writes them.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string text_at(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

/// The id of the card that a message shows; empty for anything else.
std::string card_of(const json::object& message) {
    if (slack::is_reply(message)) return {};
    const json::value* metadata = message.if_contains("metadata");
    if (!metadata || !metadata->is_object()) return {};
    const json::value* payload = metadata->get_object().if_contains("event_payload");
    return payload && payload->is_object() ? text_at(payload->get_object(), "id") : std::string{};
}

}  // namespace

struct SlackHouse::Parts {
    explicit Parts(SlackHouse& owner)
        : house(owner), clock([&owner] { return owner.now_; }), slack(io.get_executor(), settings()) {
        slack::Team team;
        team.id = workspace;
        team.name = "House";
        team.domain = "house";
        team.bot_user = bot_user;
        team.bot = "B0RAPPORT";
        team.bot_token = "xoxb-house";
        slack.add_team(std::move(team));
        slack::Channel alerts;
        alerts.id = "C0ALERTS";
        alerts.team = workspace;
        alerts.name = "alerts";
        alerts.kind = slack::Kind::closed;
        alerts.members = {bot_user};
        slack.add_channel(std::move(alerts));
        if (!slack.listen()) throw std::runtime_error("the double cannot listen");
        asio::co_spawn(
            io, slack.run(),
            asio::bind_cancellation_slot(stop_slack.slot(), [this](const std::exception_ptr&,
                                                                   const Result<>&) { slack_ended = true; }));
    }
    ~Parts() {
        close();
        stop_slack.emit(asio::cancellation_type::terminal);
        until([&] { return slack_ended; });
        store_thread.join();
    }

    slack::Settings settings() {
        slack::Settings settings;
        settings.clock = [this] { return house.now_; };
        settings.limits = false;
        return settings;
    }

    /// Wraps the adapter: what it has shown is what the test sees as shown.
    struct Recorder final : Desk {
        Recorder(Parts& owner, app::SlackAdapter& inner) : parts(owner), adapter(inner) {}
        std::string_view name() const noexcept override { return adapter.name(); }
        bool reaches(const AccountKey& staff) const noexcept override { return adapter.reaches(staff); }
        asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
            const Outgoing copy = outgoing;
            ++parts.delivering;
            Result<> result = co_await adapter.deliver(std::move(outgoing));
            --parts.delivering;
            if (result && parts.shown.insert(copy.id).second) parts.house.show(copy);
            co_return result;
        }
        Parts& parts;
        app::SlackAdapter& adapter;
    };

    app::Config config() {
        app::Config config;
        config.bot_token = "xoxb-house";
        config.app_token = "xapp-1-A0RAPPORT-double";
        config.signing_secret = slack.settings().signing_secret;
        config.http = house_is_over_http;
        config.port = 0;
        config.api_url = slack.api_url();
        config.alert_channel = "alerts";
        config.is_staff = [this](const AccountKey& key, Time at) {
            return house.world_->team.staffer_of(key, at) != nullptr;
        };
        config.log = [this](const std::string& words) { log += words + "\n"; };
        config.now = [this] { return house.now_; };
        config.timing = clock.timing();
        State state;
        if (const Result<> opened = house.store_->open(state); !opened)
            throw std::runtime_error(opened.error().what);
        config.cursors = state.cursors;
        return config;
    }

    void open() {
        house.open_store();
        PipelineOptions options;
        options.clock = [this] { return house.now_; };
        options.events.committed = [this](const Committed& done, std::size_t) {
            quarantined += done.quarantined;
        };
        options.events.delivery_failed = [this](const std::string&, const Error& error) {
            last_failure = error.what;
        };
        pipeline = std::make_unique<Pipeline>(io.get_executor(), store_thread, *house.store_, *house.engine_,
                                              std::move(options));
        notebook = std::make_unique<StoreNotebook>(store_thread, *house.store_);
        adapter =
            std::make_unique<app::SlackAdapter>(io.get_executor(), config(), office, *notebook, nullptr);
        if (const Result<> taken = adapter->listen(); !taken) throw std::runtime_error(taken.error().what);
        if (house_is_over_http)
            slack.deliver_to(fmt::format("http://127.0.0.1:{}/slack/events", adapter->port()));
        recorder = std::make_unique<Recorder>(*this, *adapter);
        pipeline->add_desk(*recorder);
        spawn(pipeline->run(), stop_pipeline);
        spawn(adapter->run(*pipeline), stop_adapter);
        wait_for([&] { return house_is_over_http ? taken() : live(); }, "Rapport does not come up");
    }
    /// Over HTTP: who we are and where is known once a notice for nobody is taken.
    bool taken() {
        if (!asked) {
            asked = true;
            Outgoing nothing;
            nothing.body = Notice{};
            asio::co_spawn(io, adapter->deliver(std::move(nothing)),
                           [this](const std::exception_ptr&, const Result<>& result) {
                               asked = false;
                               ready = result.has_value();
                           });
        }
        return ready;
    }
    bool live() {
        const auto all = slack.sockets();
        return std::any_of(all.begin(), all.end(), [](const auto& socket) { return socket.live; });
    }
    void spawn(asio::awaitable<Result<>> what, asio::cancellation_signal& stop) {
        ++running;
        asio::co_spawn(io, std::move(what),
                       asio::bind_cancellation_slot(
                           stop.slot(), [this](const std::exception_ptr&, const Result<>&) { --running; }));
    }
    /// Cuts everything off, wherever it stands.
    void close() {
        if (!pipeline) return;
        stop_adapter.emit(asio::cancellation_type::terminal);
        stop_pipeline.emit(asio::cancellation_type::terminal);
        wait_for([&] { return running == 0; }, "Rapport does not stop");
        adapter.reset();
        recorder.reset();
        pipeline.reset();
        notebook.reset();
        house.store_.reset();
        delivering = 0;
        ready = false;
    }

    template <class Ready>
    bool until(Ready so, std::chrono::milliseconds limit = 20s) {
        return turn_until(io, clock, so, limit);
    }
    template <class Ready>
    void wait_for(Ready so, const std::string& otherwise) {
        if (!until(so)) throw std::runtime_error(otherwise + "; " + last_failure + "; " + log);
    }

    bool all_delivered() {
        const auto& all = slack.courier().deliveries();
        // The newest are the ones that may be under way.
        return std::all_of(all.rbegin(), all.rend(), [](const slack::Delivery& one) {
            return one.state != slack::DeliveryState::waiting;
        });
    }

    void ensure_user(std::string_view name, bool is_bot) {
        if (slack.world().user(user_id(name))) return;
        slack::User user;
        user.id = user_id(name);
        user.team = workspace;
        user.name = std::string(name);
        if (is_bot) {
            user.bot = "B0" + upper(name);
            user.app = "A0" + upper(name);
        }
        slack.add_user(std::move(user));
    }
    /// Of staff: they read the team's channel.
    void ensure_team() {
        slack::Channel& alerts = slack.world().place("alerts");
        for (const Staffer& staffer : house.world_->team.staffers())
            for (const AccountKey& account : staffer.accounts) {
                for (const char* name : {"ada", "bea", "cyd"})
                    if (account.id == user_id(name)) ensure_user(name, false);
                alerts.members.insert(account.id);
            }
    }
    std::string ensure_channel(const Saying& how, std::string_view who) {
        if (const auto at = channels.find(how.channel); at != channels.end()) return at->second;
        if (how.kind == ChannelKind::dm) {
            const std::string id = slack.world().direct(workspace, {user_id(who), bot_user}).id;
            return channels[how.channel] = id;
        }
        slack::Channel channel;
        channel.id = "C0" + upper(how.channel);
        channel.team = workspace;
        channel.name = how.channel;
        channel.members = {bot_user};
        if (how.kind == ChannelKind::group) channel.kind = slack::Kind::closed;
        return channels[how.channel] = slack.add_channel(std::move(channel)).id;
    }

    SlackHouse& house;
    asio::io_context io{1};
    asio::thread_pool store_thread{1};
    LeapingClock clock;
    SlackDouble slack;
    FakeOffice office{};
    std::unique_ptr<Pipeline> pipeline{};
    std::unique_ptr<StoreNotebook> notebook{};
    std::unique_ptr<app::SlackAdapter> adapter{};
    std::unique_ptr<Recorder> recorder{};
    asio::cancellation_signal stop_slack{}, stop_pipeline{}, stop_adapter{};
    bool slack_ended = false, asked = false, ready = false;
    int running = 0, delivering = 0;
    std::size_t quarantined = 0;
    std::string log{}, last_failure{};
    std::set<std::string> shown{};                   ///< Outgoing::id of what was shown.
    std::map<std::string, std::uint32_t> checked{};  ///< Card id -> revision that was looked up in Slack.
    std::map<std::string, std::string> channels{};   ///< Name in tests -> id.
    std::map<std::string, std::string> ids{};        ///< Id of a message in tests -> ts.
};

SlackHouse::SlackHouse(std::string_view rules, std::string_view team, std::string_view config)
    : PlainHouse(Closed{}, rules, in_slack(team), in_slack(config)) {
    parts_ = std::make_unique<Parts>(*this);
    parts_->ensure_team();
    parts_->open();
}

SlackHouse::~SlackHouse() = default;

slack::SlackDouble& SlackHouse::slack() {
    return parts_->slack;
}

AccountKey SlackHouse::key(std::string_view who, std::string_view platform) const {
    if (platform != "chat") return PlainHouse::key(who, platform);
    return {"slack", workspace, user_id(who)};
}

ChannelKey SlackHouse::channel_of(const Saying& how) const {
    if (how.platform != "chat") return PlainHouse::channel_of(how);
    const auto at = parts_->channels.find(how.channel);
    return {"slack", workspace, at == parts_->channels.end() ? "C0" + upper(how.channel) : at->second};
}

std::string SlackHouse::native(std::string_view id) const {
    const auto at = parts_->ids.find(std::string(id));
    return at == parts_->ids.end() ? std::string(id) : at->second;
}

std::string SlackHouse::link(std::string_view id, Saying where) const {
    std::string ts = native(id);
    const std::string channel = channel_of(where).id;
    const auto& messages = parts_->slack.world().place(channel).messages;
    std::string thread;
    if (const auto at = messages.find(ts); at != messages.end()) thread = text_at(at->second, "thread_ts");
    std::string digits = ts;
    std::erase(digits, '.');
    const std::string plain = fmt::format("https://house.slack.com/archives/{}/p{}", channel, digits);
    return thread.empty() || thread == ts ? plain
                                          : fmt::format("{}?thread_ts={}&cid={}", plain, thread, channel);
}

// ---------------------------------------------------------------------------------------- what goes in

Event SlackHouse::saying(std::string_view who, std::string_view text, Saying how) {
    if (how.platform == "chat") {
        parts_->ensure_user(who, how.bot);
        parts_->ensure_channel(how, who);
    }
    Event event = PlainHouse::saying(who, text, how);
    if (how.platform != "chat") return event;
    Message& message = std::get<MessagePosted>(event.body).message;
    auto& ids = parts_->ids;
    if (!ids.contains(message.id)) ids[message.id] = parts_->slack.world().next_ts();
    message.id = ids.at(message.id);
    message.link = link(message.id, how);
    if (!how.reply_to.empty()) message.reply_to = native(how.reply_to);
    if (!how.thread.empty()) message.thread = native(how.thread);
    return event;
}

std::string SlackHouse::say_and_go(std::string_view who, std::string_view text, Saying how) {
    parts_->ensure_user(who, how.bot || how.role == "bot");
    const std::string channel = parts_->ensure_channel(how, who);
    slack::Saying saying;
    const std::string root = native(how.thread.empty() ? how.reply_to : how.thread);
    const auto& messages = parts_->slack.world().place(channel).messages;
    if (const auto at = messages.find(root); at != messages.end()) {
        const std::string above = text_at(at->second, "thread_ts");
        saying.thread = above.empty() ? root : above;
    }
    saying.quiet = !parts_->pipeline;  // nobody is there to be told
    if (how.via_app) saying.also = {{"app_id", "A0TOOL"}, {"bot_id", "B0TOOL"}};
    std::string words = escaped(text);
    for (const std::string& mention : how.mentions) {
        parts_->ensure_user(mention, false);
        words = fmt::format("<@{}> {}", user_id(mention), words);
    }
    const std::string ts = parts_->slack.people().say(user_id(who), channel, words, std::move(saying));
    parts_->ids[ts] = ts;
    parts_->ids[how.id.empty() ? fmt::format("m{:06}", next_id_++) : how.id] = ts;
    return ts;
}

/// What only an import can say is an event as in a PlainHouse.
std::string SlackHouse::say(std::string_view who, std::string_view text, Saying how) {
    const bool seen = !how.id.empty() && parts_->ids.contains(how.id);
    const bool import = !how.role.empty() && how.role != "bot";  // Slack tells only of bots
    if (how.platform != "chat" || how.late || import || seen)
        return native(PlainHouse::say(who, text, std::move(how)));
    std::string ts = say_and_go(who, text, std::move(how));
    settle();
    return ts;
}

void SlackHouse::edit(std::string_view id, std::string_view text, Saying where) {
    parts_->slack.people().edit(channel_of(where).id, native(id), escaped(text));
    settle();
}

void SlackHouse::remove(std::string_view id, Saying where) {
    parts_->slack.people().remove(channel_of(where).id, native(id));
    settle();
}

std::string SlackHouse::press(std::string_view staffer, AlertId alert, std::string_view button,
                              std::string_view choice, std::string_view brief) {
    SlackDouble& slack = parts_->slack;
    const std::string user = user_id(staffer);
    const std::string direct = slack.world().direct(workspace, {user, bot_user}).id;
    const std::string action = "card:" + std::string(button);
    for (const std::string& channel : {direct, std::string("C0ALERTS")})
        for (const json::object& message : slack.messages(channel)) {
            std::string block;
            const json::value* blocks = message.if_contains("blocks");
            if (card_of(message) != card_id(alert) || !blocks) continue;
            if (!slack::find_element(*blocks, action, block)) continue;
            const std::size_t before = notices.size();
            slack.people().press(user, {.channel = channel,
                                        .ts = text_at(message, "ts"),
                                        .action = action,
                                        .choice = button == "hand_over" ? "" : std::string(choice)});
            settle();
            if (button == "hand_over") {
                std::map<std::string, std::string> values{{"f0:choice", user_id(choice)}};
                if (!brief.empty()) values["f0:brief"] = brief;
                slack.people().submit(user, values);
                settle();
            }
            return notices.size() > before ? notices.back().text : "";
        }
    // The card does not stand before them: as from another desk.
    return PlainHouse::press(staffer, alert, button, choice, brief);
}

void SlackHouse::commit(std::vector<Input> inputs) {
    if (!parts_->pipeline) return;  // time goes on without Rapport
    for (Input& input : inputs) parts_->pipeline->put_inner(std::move(input));
    settle();
}

bool SlackHouse::change_rules(std::string_view rules) {
    const std::shared_ptr<const World> before = world_;
    if (!PlainHouse::change_rules(rules)) return false;
    settle();
    return true;
}

// -------------------------------------------------------------------------------------------- what follows

namespace {

asio::awaitable<void> wait_idle(Pipeline& pipeline, bool& started, bool& idle) {
    started = true;
    co_await pipeline.idle();
    idle = true;
}

}  // namespace

void SlackHouse::settle() {
    Parts& parts = *parts_;
    if (!parts.pipeline) return;
    constexpr int calm = 3;
    for (int quiet = 0; quiet < calm;) {
        bool started = false, ended = false, idle = false;
        asio::cancellation_signal stop;
        asio::co_spawn(
            parts.io, wait_idle(*parts.pipeline, started, idle),
            asio::bind_cancellation_slot(stop.slot(), [&](const std::exception_ptr&) { ended = true; }));
        const auto stuck = [&] {  // Slack refuses: it is tried again when time has gone on
            return started && parts.pipeline->undelivered() > 0 && parts.pipeline->waiting() == 0 &&
                   parts.delivering == 0 && !parts.last_failure.empty();
        };
        parts.wait_for([&] { return (idle || stuck()) && parts.all_delivered(); }, "it does not settle");
        // Never before it has begun: Boost 1.81 throws that out of the loop.
        if (!ended) stop.emit(asio::cancellation_type::terminal);
        parts.wait_for([&] { return ended; }, "idle does not end");
        turn(1);
        quiet =
            parts.all_delivered() && parts.pipeline->waiting() == 0 && parts.delivering == 0 ? quiet + 1 : 0;
    }
    if (parts.quarantined > 0) throw std::runtime_error("something was quarantined");
    check_cards();
}

void SlackHouse::turn(int turns) {
    for (int i = 0; i < turns; ++i) {
        parts_->clock.wake();
        parts_->io.restart();
        parts_->io.run_one_for(1ms);
    }
}

std::vector<std::string> SlackHouse::seen_by(std::string_view staffer) const {
    std::vector<std::string> seen;
    SlackDouble& slack = parts_->slack;
    for (const json::object& one :
         slack.messages(slack.world().direct(workspace, {user_id(staffer), bot_user}).id))
        if (!card_of(one).empty()) seen.push_back(json::serialize(one));
    return seen;
}

std::vector<std::string> SlackHouse::seen_in_channel() const {
    std::vector<std::string> seen;
    for (const json::object& one : parts_->slack.messages("C0ALERTS"))
        if (!card_of(one).empty()) seen.push_back(json::serialize(one));
    return seen;
}

void SlackHouse::check_cards() {
    SlackDouble& slack = parts_->slack;
    for (const auto& [id, card] : cards) {
        if (parts_->checked[id] == card.revision) continue;
        parts_->checked[id] = card.revision;
        std::vector<std::string> places;
        for (const AccountKey& account : shown_to.at(id))
            if (account.platform == "slack")
                places.push_back(slack.world().direct(workspace, {account.id, bot_user}).id);
        if (places.empty()) places.push_back("C0ALERTS");
        for (const std::string& place : places) {
            const auto all = slack.messages(place);
            const auto of_card = [&](const json::object& one) { return card_of(one) == id; };
            if (std::count_if(all.begin(), all.end(), of_card) != 1)
                throw std::runtime_error(id + " does not stand once in " + place);
            const json::object& shown = *std::find_if(all.begin(), all.end(), of_card);
            const std::string text = text_at(shown, "text");
            for (const std::string& words : {card.title, card.status})
                if (text.find(escaped(words)) == std::string::npos)
                    throw std::runtime_error(
                        fmt::format("{} says in Slack: {}\nand not: {}", id, text, words));
            const std::string blocks = json::serialize(*shown.if_contains("blocks"));
            const bool can_claim = std::any_of(card.buttons.begin(), card.buttons.end(),
                                               [](const Button& one) { return one.id == "claim"; });
            if (can_claim != (blocks.find("card:claim") != std::string::npos))
                throw std::runtime_error(id + " has not the buttons in Slack that it should have");
        }
    }
}

// ------------------------------------------------------------------------------------------ ends and starts

void SlackHouse::down() {
    parts_->close();
}

void SlackHouse::up() {
    parts_->open();
    settle();
}

void SlackHouse::crash() {
    disk_.crash(CrashKind::lose_all);
    parts_->close();
    up();
}

std::vector<std::string> SlackHouse::all_rows() {
    parts_->close();
    std::vector<std::string> rows = rows_of_closed();
    // What the stop itself brings about, and where Slack keeps things.
    std::erase_if(rows, [](const std::string& row) {
        return row.starts_with("notes ") || row.starts_with("gaps ") || row.starts_with("cursors ");
    });
    up();
    return rows;
}

}  // namespace rapport::test
