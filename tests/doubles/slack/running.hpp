#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>

#include "doubles/slack/double.hpp"

namespace rapport::test::slack {

/// A SlackDouble on a thread of its own, on a free port of loopback. Everything is asked on that thread:
///
///     RunningDouble slack;                                     // Seeded, unless `set_up` does otherwise.
///     slack([](SlackDouble& s) { s.people().say("cleo", "help", "Hello?"); });
///     REQUIRE(slack.until([](SlackDouble& s) { return !s.messages("alerts").empty(); }));
class RunningDouble {
public:
    /// Throws if it cannot listen. `set_up` runs before anything can come in.
    explicit RunningDouble(Settings settings = {}, std::function<void(SlackDouble&)> set_up = {});
    ~RunningDouble();
    RunningDouble(const RunningDouble&) = delete;
    RunningDouble& operator=(const RunningDouble&) = delete;

    /// Runs `what` on the double's thread and returns what it returns (by value), or throws what it throws.
    template <class What>
    auto operator()(What&& what) {
        using Answer = std::invoke_result_t<What&, SlackDouble&>;
        std::packaged_task<Answer()> task{[&] { return what(slack()); }};
        std::future<Answer> answer = task.get_future();
        post([&task] { task(); });
        return answer.get();
    }

    /// Asks again and again until it is so; false if it is not within `limit`.
    bool until(const std::function<bool(SlackDouble&)>& so,
               std::chrono::milliseconds limit = std::chrono::seconds{10});

    const std::string& api_url() const noexcept;
    const std::string& page_url() const noexcept;

private:
    struct Impl;
    SlackDouble& slack() noexcept;
    void post(std::function<void()> what);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::test::slack
