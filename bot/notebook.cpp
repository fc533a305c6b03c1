#include "bot/notebook.hpp"

#include "bot/pipeline/store_thread.hpp"

namespace rapport {

namespace asio = boost::asio;

namespace {

constexpr std::size_t longest_value = 64 * 1024;

}  // namespace

asio::awaitable<Result<std::optional<std::string>>> StoreNotebook::read(std::string key) {
    auto work = [&] { return store_.notes(key); };
    const Result<std::map<std::string, std::string>> found = co_await on_store_thread(thread_, work);
    if (!found) co_return found.error();
    const auto at = found->find(key);
    std::optional<std::string> value;
    if (at != found->end()) value = at->second;
    co_return value;
}

asio::awaitable<Result<std::map<std::string, std::string>>> StoreNotebook::list(std::string prefix) {
    auto work = [&] { return store_.notes(prefix); };
    co_return co_await on_store_thread(thread_, work);
}

asio::awaitable<Result<>> StoreNotebook::write(std::string key, std::string value) {
    if (value.size() > longest_value)
        co_return Error{ErrorKind::rejected,
                        "The note " + key + " is longer than 64 KB, so it was not kept."};
    auto work = [&] { return store_.keep_note(key, value); };
    co_return co_await on_store_thread(thread_, work);
}

asio::awaitable<Result<>> StoreNotebook::erase(std::string key) {
    auto work = [&] { return store_.erase_note(key); };
    co_return co_await on_store_thread(thread_, work);
}

}  // namespace rapport
