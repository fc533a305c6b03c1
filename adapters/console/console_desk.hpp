#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <optional>
#include <string>

#include "adapters/adapter.hpp"
#include "adapters/console/board.hpp"
#include "adapters/console/command.hpp"
#include "adapters/console/form_dialog.hpp"
#include "adapters/console/render.hpp"

namespace rapport::console {

/// What the desk needs from outside: who sits there, what time it is, where words go.
struct ConsoleOptions {
    AccountKey staff{};  ///< {"console", "local", "staff:NAME"}.
    Look look{};
    bool prompt = false;  ///< Print "> " before each line: for a person at a terminal.
    std::function<Time()> clock{};
    std::function<std::string()> random_id{};       ///< Never the same twice; makes a press idempotent.
    std::function<void(std::string_view)> print{};  ///< Takes finished text, with colours if `look` has them.
};

/// The account of the staffer `name` at this terminal.
AccountKey console_account(std::string_view name);

/// The desk in a terminal: prints cards, and makes typed lines into Actions. Lives on one executor; not
/// thread-safe.
class ConsoleDesk : public Adapter, public Desk {
public:
    /// Reads from `input`, which stays the caller's. All functions of `options` must be set.
    ConsoleDesk(boost::asio::any_io_executor executor, int input, ConsoleOptions options);

    std::string_view name() const noexcept override { return "console"; }

    /// Ends well at the end of the input or with `quit`.
    boost::asio::awaitable<Result<>> run(Inbox& inbox) override;

    bool reaches(const AccountKey& staff) const noexcept override { return staff == options_.staff; }

    /// Prints it at once. What is addressed to others only is taken and not shown.
    boost::asio::awaitable<Result<>> deliver(Outgoing outgoing) override;

private:
    struct Answer {
        std::optional<Action> action{};
        bool quit = false;
    };
    Answer hear(std::string_view line);
    Answer hear_command(std::string_view line);
    Answer hear_confirmation(std::string_view line);
    Answer hear_form(std::string_view line);
    Action action_of(std::string card, std::string button, std::map<std::string, std::string> values);
    void show(const Outgoing& outgoing);
    void list(bool all);
    void say(std::string_view words);
    void prompt();

    boost::asio::any_io_executor executor_;
    int input_;
    ConsoleOptions options_;
    Board board_;
    std::optional<Press> to_confirm_;
    std::optional<FormDialog> form_;
};

}  // namespace rapport::console
