// Slack's process of the Slack benchmark: the double, a generator of messages, and a stopwatch.

#include "bench/slack_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "adapters/net/wakeup.hpp"
#include "bench/bench.hpp"
#include "bench/usage.hpp"
#include "doubles/slack/double.hpp"

namespace rapport::bench {

namespace asio = boost::asio;
namespace json = boost::json;
namespace fake = rapport::test::slack;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

/// Nothing has moved for so long: something is lost.
constexpr auto patience = 30s;
constexpr std::string_view mark = "case-";

double milliseconds(Steady::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

/// The value below which that share of them lies; `values` are sorted after.
double percentile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

std::string_view text_of(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value && value->is_string() ? std::string_view{value->get_string()} : std::string_view{};
}

/// The number after `mark`, if the call shows one.
std::optional<std::uint64_t> case_in(const fake::ApiCall& call) {
    for (const char* name : {"text", "blocks"}) {
        const std::string_view text = text_of(call.params, name);
        const std::size_t at = text.find(mark);
        if (at == std::string_view::npos) continue;
        std::uint64_t number = 0;
        std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), number);
        return number;
    }
    return std::nullopt;
}

class SlackSide {
public:
    explicit SlackSide(const Settings& settings)
        : settings_(settings),
          total_(settings.warm_up + settings.events),
          workload_(mix(settings)),
          slack_(io_.get_executor(), without_limits()),
          moved_(io_.get_executor()) {
        fill_world();
        fake::Courier& courier = slack_.courier();
        courier.answered = [this, usual = std::move(courier.answered)](fake::Delivery& delivery) {
            usual(delivery);
            answered(delivery);
        };
        if (const Result<> taken = slack_.listen(); !taken) throw std::runtime_error(taken.error().what);
    }

    void run() {
        fmt::print("{}\n", slack_.port());
        std::fflush(stdout);
        asio::cancellation_signal stop;
        asio::co_spawn(
            io_, slack_.run(),
            asio::bind_cancellation_slot(stop.slot(), [](const std::exception_ptr&, const Result<>&) {}));
        // What one of them throws leaves io_.run, and the process ends with it.
        asio::co_spawn(io_, watch(), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
        asio::co_spawn(io_, drive(), [&](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
            done_ = true;
            watching_.cancel();
            stop.emit(asio::cancellation_type::terminal);
        });
        io_.run();
    }

private:
    static Mix mix(const Settings& settings) {
        Mix mix = settings.mix;
        mix.duplicates = 0;  // Slack's own are tested elsewhere: here each event counts once
        mix.from = wall_clock();
        return mix;
    }
    static fake::Settings without_limits() {
        fake::Settings settings;
        settings.limits = false;
        return settings;
    }

    void add_person(std::string id) {
        fake::User user;
        user.id = std::move(id);
        user.team = slack_team;
        user.name = "n" + user.id;
        user.real_name = "Person " + user.id;
        slack_.add_user(std::move(user));
    }

    void fill_world() {
        fake::Team team;
        team.id = slack_team;
        team.name = "Home";
        team.domain = "home";
        team.bot_user = slack_bot_user;
        team.bot = "B0RAPPORT1";
        team.bot_token = slack_bot_token;
        slack_.add_team(std::move(team));
        for (std::uint32_t desk = 0; desk < slack_desks; ++desk) add_person(slack_staffer(desk));
        // The generator's names: who speaks, who raises alerts, and where.
        for (std::uint32_t n = 0; n < settings_.mix.persons; ++n) add_person(fmt::format("U0{:08X}", n));
        const auto newcomers = std::uint32_t(double(total_) * settings_.mix.alerts * 2) + 100;
        for (std::uint32_t n = 0; n < newcomers; ++n) add_person(fmt::format("U1{:08X}", n));
        for (std::uint32_t n = 0; n < settings_.mix.channels; ++n) {
            fake::Channel channel;
            channel.id = fmt::format("C0{:08X}", n);
            channel.team = slack_team;
            channel.name = fmt::format("channel-{}", n);
            channel.members = {std::string(slack_bot_user)};
            slack_.add_channel(std::move(channel));
        }
    }

    // ---------------------------------------------------------------------------------------- what is said
    void say() {
        const Post& post = workload_.next();
        std::string text = post.text;
        if (const std::size_t at = text.find(alarm_text); at != std::string::npos) {
            const std::uint64_t number = cases_.size();
            text.replace(at, alarm_text.size(), slack_alarm(std::uint32_t(number % slack_desks)));
            text = fmt::format("{}{}: {}", mark, number, text);
            cases_.push_back({slack_.world().now(), sent_ >= settings_.warm_up});
        }
        fake::Saying how;
        if (const auto root = times_.find(post.thread); root != times_.end()) how.thread = root->second;
        ++sent_;
        times_[post.id] = slack_.people().say(post.author, post.channel, text, std::move(how));
    }

    void answered(const fake::Delivery& delivery) {
        if (delivery.user == slack_bot_user) return;  // its own cards are told to it as well
        if (delivery.state == fake::DeliveryState::failed)
            throw std::runtime_error("an event was not acknowledged, however often it was sent");
        ++acked_;
        repeated_ += std::uint64_t(delivery.sends - 1);
        last_ = Steady::now();
        if (acked_ > settings_.warm_up) acks_.push_back(milliseconds(last_ - delivery.sent));
        moved_.notify();
    }

    asio::awaitable<void> say_all(std::uint64_t until) {
        const Steady::time_point begin = Steady::now();
        const std::uint64_t before = sent_;
        asio::steady_timer pace{io_};
        while (sent_ < until) {
            if (settings_.window == 0) {
                pace.expires_at(begin +
                                std::chrono::nanoseconds{1'000'000'000 * (sent_ - before) / settings_.rate});
                co_await pace.async_wait(asio::use_awaitable);
            }
            while (settings_.window > 0 && sent_ - acked_ >= settings_.window) co_await moved_.wait();
            say();
            co_await asio::post(io_, asio::use_awaitable);  // acknowledgements are read in between
        }
        while (acked_ < until) co_await moved_.wait();
        while (!all_shown()) {
            pace.expires_after(5ms);
            co_await pace.async_wait(asio::use_awaitable);
        }
    }

    /// Looks through the calls that have come since; whether each case has its card.
    bool all_shown() {
        const auto& calls = slack_.core().calls;
        for (; looked_ < calls.size(); ++looked_) {
            const fake::ApiCall& call = calls[looked_];
            if (call.method != "chat.postMessage" || call.params.contains("thread_ts")) continue;
            const std::optional<std::uint64_t> number = case_in(call);
            if (!number || *number >= cases_.size() || shown_.contains(*number)) continue;
            shown_[*number] = double((call.at - cases_[*number].said).count());
        }
        return shown_.size() == cases_.size();
    }

    // ---------------------------------------------------------------------------------------- the whole run
    bool live() {
        const auto all = slack_.sockets();
        return std::any_of(all.begin(), all.end(), [](const fake::SocketInfo& one) { return one.live; });
    }
    asio::awaitable<void> while_it_is(bool so, Steady::duration limit) {
        asio::steady_timer pause{io_};
        for (const auto end = Steady::now() + limit; live() == so && Steady::now() < end;) {
            pause.expires_after(5ms);
            co_await pause.async_wait(asio::use_awaitable);
        }
    }

    asio::awaitable<void> drive() {
        co_await while_it_is(false, patience);
        if (!live()) throw std::runtime_error("nobody has connected to the double");
        co_await say_all(settings_.warm_up);
        fmt::print("begin\n");
        std::fflush(stdout);
        const Steady::time_point begin = Steady::now();
        const double cpu = process_cpu();
        co_await say_all(total_);
        report(begin, process_cpu() - cpu);
        co_await while_it_is(true, patience);
    }

    /// Throws when nothing moves any more.
    asio::awaitable<void> watch() {
        std::size_t before = 0;
        for (;;) {
            watching_.expires_after(patience);
            co_await watching_.async_wait(asio::as_tuple(asio::use_awaitable));
            if (done_) co_return;
            const std::size_t now = sent_ + acked_ + shown_.size();
            if (now == before)
                throw std::runtime_error(fmt::format("stuck: {} said, {} acknowledged; {} of {} cards shown",
                                                     sent_, acked_, shown_.size(), cases_.size()));
            before = now;
        }
    }

    void report(Steady::time_point begin, double cpu) {
        if (const auto wrong = slack_.complaints(); !wrong.empty()) throw std::runtime_error(wrong.front());
        std::vector<double> cards;
        for (const auto& [number, time] : shown_)
            if (cases_[number].measured) cards.push_back(time);
        const double seconds = milliseconds(last_ - begin) / 1000;
        const json::object figures{{"events a second", double(settings_.events) / seconds},
                                   {"ack p50 ms", percentile(acks_, 0.5)},
                                   {"ack p99 ms", percentile(acks_, 0.99)},
                                   {"alert p50 ms", percentile(cards, 0.5)},
                                   {"alert p99 ms", percentile(cards, 0.99)},
                                   {"cards measured", cards.size()},
                                   {"events told", sent_},
                                   {"unacknowledged", sent_ - acked_},
                                   {"told again", repeated_},
                                   {"alerts expected", cases_.size()},
                                   {"Web API clock", fmt::format("{} times faster", slack_haste)},
                                   {"double's CPU us an event", cpu / double(settings_.events)}};
        fmt::print("{}\n", json::serialize(figures));
        std::fflush(stdout);
    }

    struct Case {
        Time said{};
        bool measured = false;  ///< Not of the warm-up.
    };

    const Settings& settings_;
    std::uint64_t total_;
    Workload workload_;
    asio::io_context io_{1};
    fake::SlackDouble slack_;
    net::Wakeup moved_;
    asio::steady_timer watching_{io_};
    bool done_ = false;
    std::uint64_t sent_ = 0, acked_ = 0, repeated_ = 0;
    Steady::time_point last_{};
    std::vector<double> acks_{};
    std::vector<Case> cases_{};
    std::map<std::uint64_t, double> shown_{};     ///< Case -> ms until its card was there.
    std::size_t looked_ = 0;                      ///< Calls.
    std::map<std::string, std::string> times_{};  ///< The generator's id -> ts in the double.
};

}  // namespace

void serve_slack(const Settings& settings) {
    SlackSide{settings}.run();
}

}  // namespace rapport::bench
