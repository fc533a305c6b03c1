#include "bot/cli/change.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "bot/cli/store_access.hpp"
#include "bot/json/requests.hpp"
#include "bot/pipeline/committer.hpp"

namespace rapport::cli {

namespace {

/// The running program looks for requests each second.
constexpr std::chrono::seconds patience{10};
constexpr std::chrono::milliseconds pause{100};

std::string must_be_answered(Store& store, std::int64_t request) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
        std::string answer = must(store.request_answer(request));
        if (!answer.empty()) return answer;
        std::this_thread::sleep_for(pause);
    }
    throw Stop(Exit::failed,
               "The running Rapport has not answered within 10 s. The request stays with it, and it will "
               "be done once it has time; look again in a moment.");
}

void ask_running(const std::string& path, const std::vector<Input>& changes) {
    SqliteOptions options;
    options.path = path;
    options.requests_only = true;
    const auto store = must(open_sqlite(options));
    for (const Input& change : changes) {
        const std::int64_t request = must(store->add_request(request_of_input(change)));
        const std::string answer = must_be_answered(*store, request);
        if (answer != request_done) throw Stop(Exit::failed, answer);
    }
}

void change_here(Store& store, std::shared_ptr<const World> world, const std::vector<Input>& changes) {
    Engine engine{std::move(world)};
    Committer committer{store, engine};
    const Committed committed = must(committer.commit(changes));
    if (committed.quarantined > 0)
        throw Stop(Exit::failed, "It could not be done: `rapport check` shows what went wrong.");
}

}  // namespace

void make_changes(const Context& context, const std::vector<Input>& changes) {
    const std::string path = store_file(context);
    if (someone_writes(path)) return ask_running(path, changes);
    const auto world = must_load_world(context);
    SqliteOptions options;
    options.path = path;
    auto store = open_sqlite(options);
    if (store) return change_here(**store, world, changes);
    // It may have been started just now.
    if (!someone_writes(path)) throw Stop(Exit::failed, store.error().what);
    ask_running(path, changes);
}

std::string this_user() {
    const passwd* user = ::getpwuid(::getuid());
    return fmt::format("command line ({})", user ? user->pw_name : std::to_string(::getuid()));
}

}  // namespace rapport::cli
