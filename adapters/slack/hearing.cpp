#include "adapters/slack/hearing.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/lookup.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace asio::experimental::awaitable_operators;

namespace {

constexpr std::size_t most_queued = 2'000;
constexpr std::size_t most_raw = 4'096;
/// Slack waits three seconds for an acknowledgement, and the other events wait as well.
constexpr std::chrono::milliseconds look_up_limit{1'000};
constexpr std::chrono::seconds look_up_rest{30};

}  // namespace

Hearing::Hearing(asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
                 OnSignal signal, OnWords words)
    : workspace_(workspace),
      directory_(directory),
      signal_(std::move(signal)),
      words_(std::move(words)),
      arrived_(executor, asio::steady_timer::time_point::max()) {}

bool Hearing::receive(Delivery& delivery) {
    if (queue_.size() >= most_queued) return false;
    queue_.push_back(std::move(delivery));
    arrived_.cancel_one();
    return true;
}

asio::awaitable<void> Hearing::run(Inbox& inbox) {
    for (;;) {
        while (queue_.empty()) {
            co_await arrived_.async_wait(asio::as_tuple(asio::use_awaitable));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none)
                throw boost::system::system_error(asio::error::operation_aborted);
        }
        Delivery delivery = std::move(queue_.front());
        queue_.pop_front();
        co_await hear(inbox, std::move(delivery));
    }
}

void Hearing::note_own(const Id& channel, const Id& ts) {
    own_.remember(channel + "/" + ts, workspace_.now());
}

events::Knowledge Hearing::knowledge() {
    return {
        workspace_.installation, directory_,
        [this](const Id& channel, const Id& ts) { return own_.seen(channel + "/" + ts, workspace_.now()); },
        &edits_};
}

Id Hearing::heard_until(const Id& channel) const {
    const auto at = cursors_.find(cursor_name(channel));
    if (at != cursors_.end()) return at->second;
    Id newest;
    const std::string ours = cursor_name("");
    for (auto one = cursors_.lower_bound(ours); one != cursors_.end() && one->first.starts_with(ours); ++one)
        if (newest.empty() || events::earlier(newest, one->second)) newest = one->second;
    return newest;
}

/// A workspace that is only a desk is not listened to.
bool Hearing::concerns_us(const Event& event) const {
    return workspace_.config.listens || std::holds_alternative<AccountChanged>(event.body);
}

void Hearing::take_direct(events::DirectMessageToUs direct, bool late, std::vector<Event>& all,
                          std::vector<events::DirectMessageToUs>& words) {
    const Config& config = workspace_.config;
    if (config.desk && config.is_staff(direct.message.author.key, workspace_.now())) {
        const std::string key = direct.message.channel.key.id + "/" + direct.message.id;
        if (answered_.remember(key, workspace_.now())) words.push_back(std::move(direct));
        return;
    }
    Event event;
    event.body = MessagePosted{std::move(direct.message), late};
    if (concerns_us(event)) all.push_back(std::move(event));
}

asio::awaitable<void> Hearing::put_all(Inbox& inbox, std::vector<Event> all, std::function<void()> durable) {
    auto left = std::make_shared<std::size_t>(all.size());
    auto done = std::make_shared<std::function<void()>>(std::move(durable));
    if (all.empty()) (*done)();
    for (Event& event : all) {
        std::string name, cursor;
        if (const MessagePosted* posted = std::get_if<MessagePosted>(&event.body)) {
            if (workspace_.config.app_posts_count)
                std::get<MessagePosted>(event.body).message.via_app = false;
            name = cursor_name(posted->message.channel.key.id);
            const auto known = cursors_.find(name);
            const bool newer = known == cursors_.end() || events::earlier(known->second, posted->message.id);
            if (newer && !held_) {
                cursor = posted->message.id;
                event.cursor_name = name;
                event.cursor = cursor;
            }
        }
        Acked acked = [this, left, done, name = std::move(name), cursor = std::move(cursor)] {
            if (!cursor.empty() && events::earlier(cursors_[name], cursor)) cursors_[name] = cursor;
            if (--*left == 0) (*done)();
        };
        if (!inbox.try_put(event, acked)) co_await inbox.put(std::move(event), std::move(acked));
    }
}

/// Names are nice to have; what was said must not wait for them.
asio::awaitable<void> Hearing::look_up_briefly(events::Needs needs) {
    if (needs.empty() || workspace_.now() < no_look_up_before_) co_return;
    asio::steady_timer limit{co_await asio::this_coro::executor, look_up_limit};
    const auto first =
        co_await (look_up(workspace_, directory_, std::move(needs)) || limit.async_wait(asio::use_awaitable));
    if (first.index() == 1) no_look_up_before_ = workspace_.now() + look_up_rest;
}

/// Whatever stands in the payload: what cannot be understood goes to quarantine and holds nobody up.
events::Understood Hearing::understood(const json::object& payload) {
    try {
        return events::understand(payload, knowledge());
    } catch (const std::exception& error) {
        return events::Broken{error.what()};
    }
}

asio::awaitable<void> Hearing::hear(Inbox& inbox, Delivery delivery) {
    const events::Keys keys = events::keys_of(delivery.payload, delivery.envelope);
    auto acknowledge = std::make_shared<Acknowledge>(std::move(delivery.acknowledge));
    if (!keys.event.empty()) {
        if (const auto at = under_way_.find(keys.event); at != under_way_.end()) {
            at->second.push_back(acknowledge);  // its first copy is not durable yet
            co_return;
        }
        if (heard_.seen(keys.event, workspace_.now())) co_return (*acknowledge)();
        under_way_[keys.event].push_back(acknowledge);
    }
    struct Abandoned {  // cut off before all of it was handed over: Slack's next copy is heard
        Hearing& hearing;
        const std::string& key;
        bool handed_over = false;
        ~Abandoned() {
            if (!handed_over) hearing.under_way_.erase(key);
        }
    } abandoned{*this, keys.event};
    const auto durable = [this, key = keys.event, acknowledge] {
        if (key.empty()) return (*acknowledge)();
        heard_.remember(key, workspace_.now());
        const auto at = under_way_.find(key);
        if (at == under_way_.end()) return;
        const auto all = std::move(at->second);
        under_way_.erase(at);
        for (const auto& one : all) (*one)();
    };
    events::Needs needs = events::what_it_needs(delivery.payload, workspace_.installation, directory_);
    co_await look_up_briefly(std::move(needs));
    events::Understood meant = understood(delivery.payload);

    std::vector<Event> all;
    std::vector<events::DirectMessageToUs> words;
    if (events::Broken* broken = std::get_if<events::Broken>(&meant)) {
        all.emplace_back().body = NotUnderstood{std::move(broken->why)};
    } else if (events::Meaning* meaning = std::get_if<events::Meaning>(&meant)) {
        for (Event& event : meaning->events)
            if (concerns_us(event)) all.push_back(std::move(event));
        for (events::Signal& signal : meaning->signals) {
            if (auto* direct = std::get_if<events::DirectMessageToUs>(&signal))
                take_direct(std::move(*direct), false, all, words);
            else
                signal_(std::move(signal));
        }
    }
    for (Event& event : all) {
        event.seen = delivery.received;
        event.source = workspace_.config.name;
        event.raw = json::serialize(delivery.payload);
        if (event.raw.size() > most_raw) event.raw.resize(most_raw);
    }
    if (!words.empty()) {  // a delivery holds one message
        words_(std::move(words.front()), durable);
    } else {
        co_await put_all(inbox, std::move(all), durable);
    }
    abandoned.handed_over = true;
}

asio::awaitable<void> Hearing::put_history(Inbox& inbox, events::HistoryPage page, const Id& channel) {
    std::vector<Event> all;
    for (Event& event : page.events)
        if (concerns_us(event)) all.push_back(std::move(event));
    std::vector<events::DirectMessageToUs> words;
    for (events::DirectMessageToUs& direct : page.to_us) take_direct(std::move(direct), true, all, words);
    for (events::DirectMessageToUs& one : words) {
        // Whatever we wrote after it was its answer.
        const bool done = std::any_of(
            page.ours.begin(), page.ours.end(),
            [&](const events::OwnMessageSeen& own) { return events::earlier(one.message.id, own.ts); });
        if (!done) words_(std::move(one), [] {});
    }
    for (events::OwnMessageSeen& own : page.ours) signal_(std::move(own));
    for (events::Broken& broken : page.broken)
        all.emplace_back().body = NotUnderstood{"in the history of " + channel + ": " + broken.why};
    for (Event& event : all) {
        event.seen = workspace_.now();
        event.source = workspace_.config.name;
    }
    co_await put_all(inbox, std::move(all), [] {});
}

}  // namespace rapport::slack
