#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "adapters/net/task_group.hpp"
#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/card_desk.hpp"
#include "adapters/slack/events/parse.hpp"
#include "adapters/slack/workspace.hpp"

namespace rapport::slack {

/// Where staff come with presses, commands and words: hands them to the pipeline or to the office, and shows
/// what comes back where they were. Slack waits three seconds for an acknowledgement, and a trigger opens one
/// view within three seconds of the press (docs.slack.dev, "Handling user interaction").
class Counter {
public:
    /// All must outlive it.
    Counter(boost::asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
            CardDesk& cards);

    /// Takes an interaction or a command; false if too many are under way.
    bool receive(Inbox& inbox, Delivery& delivery);
    /// Somebody looks at their Home.
    void home(Id user, AccountKey by);
    /// A staffer wrote to us in their direct message.
    void words(events::DirectMessageToUs said, std::function<void()> answered);

    /// Ends when cancelled, and with it all that is under way.
    boost::asio::awaitable<void> run();

private:
    /// The office's answer on its way.
    struct Awaited;
    using Shared = std::shared_ptr<Acknowledge>;

    void start(boost::asio::awaitable<void> task) { tasks_.spawn(std::move(task)); }
    boost::asio::awaitable<void> interaction(Inbox& inbox, Delivery delivery);
    boost::asio::awaitable<void> command(Delivery delivery);
    boost::asio::awaitable<void> meaning(Inbox& inbox, Meaning meaning, Reply reply, Shared acknowledge,
                                         bool takes_payload);
    void press(Inbox& inbox, Action action, Reply reply, Shared acknowledge);
    boost::asio::awaitable<void> put(Inbox& inbox, Event event, Shared acknowledge);
    boost::asio::awaitable<void> pressed(Ask ask, Reply reply);
    boost::asio::awaitable<void> submitted(Ask ask, Reply reply, Shared acknowledge, bool takes_payload);
    boost::asio::awaitable<void> changed(Ask ask, Reply reply);
    boost::asio::awaitable<void> open(OwnForm form, Reply reply);
    boost::asio::awaitable<void> publish(Id user, AccountKey by);
    boost::asio::awaitable<void> answer_words(events::DirectMessageToUs said, std::function<void()> answered);

    /// Asks the office; `Awaited` holds the answer once it is there.
    std::shared_ptr<Awaited> ask_office(Ask ask);
    boost::asio::awaitable<void> fill(std::shared_ptr<Awaited> awaited, Ask ask);
    boost::asio::awaitable<void> show(rapport::Answer answer, Reply reply, std::optional<Id> view);
    boost::asio::awaitable<void> show_page(Page page, Reply reply, std::optional<Id> view);
    boost::asio::awaitable<void> show_view(boost::json::object view, Reply reply, std::optional<Id> into);
    boost::asio::awaitable<void> whisper(boost::json::object message, Reply reply);
    Lookups lookups();
    std::string next_id();

    Workspace& workspace_;
    events::Directory& directory_;
    CardDesk& cards_;
    net::TaskGroup tasks_;
    std::uint64_t asked_ = 0;
};

}  // namespace rapport::slack
