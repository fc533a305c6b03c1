#include <boost/json/array.hpp>
#include <utility>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

constexpr int pages_to_look_through = 5;

bool bears_file(const json::value& message, const Id& file) {
    const json::object* object = message.if_object();
    const json::array* files = object ? array_in(*object, "files") : nullptr;
    for (const json::value& one : files ? *files : json::array{})
        if (one.is_object() && text_in(one.get_object(), "id") == file) return true;
    return false;
}

}  // namespace

Calling<Upload> upload_address(WebApi& api, std::string filename, std::size_t length, CallOptions options) {
    const std::string method = "files.getUploadURLExternal";
    const ApiResult<json::object> reply = co_await api.call(
        method, {{"filename", std::move(filename)}, {"length", length}}, std::move(options));
    if (!reply) co_return reply.error();
    Upload upload{.file = text_in(*reply, "file_id"), .url = text_in(*reply, "upload_url")};
    const bool whole = !upload.file.empty() && !upload.url.empty();
    if (!whole) {
        co_return ApiError{ErrorKind::transient,
                           method + ": Slack's answer lacks \"file_id\" or \"upload_url\""};
    }
    co_return upload;
}

Calling<> complete_upload(WebApi& api, Showing showing, CallOptions options) {
    json::object file{{"id", showing.file}};
    if (!showing.title.empty()) file["title"] = showing.title;
    json::object params{{"files", json::array{std::move(file)}}, {"channel_id", showing.channel}};
    if (!showing.thread.empty()) params["thread_ts"] = showing.thread;
    if (!showing.words.empty()) params["initial_comment"] = showing.words;
    const ApiResult<json::object> reply =
        co_await api.call("files.completeUploadExternal", std::move(params), std::move(options));
    if (!reply) co_return reply.error();
    co_return ApiResult<>{};
}

Calling<bool> find_file(WebApi& api, Showing showing, Id since) {
    json::object params{{"channel", showing.channel}, {"inclusive", true}};
    if (!since.empty()) params["oldest"] = since;
    std::string method = "conversations.history";
    if (!showing.thread.empty()) {
        method = "conversations.replies";
        params["ts"] = showing.thread;
    }
    bool found = false;
    TakePage look = [&](json::array messages) {
        for (const json::value& message : messages) found = found || bears_file(message, showing.file);
        return !found;
    };
    Paging paging;
    paging.pages = pages_to_look_through;
    paging.options.priority = Priority::home;
    const ApiResult<bool> whole =
        co_await each_page(api, method, std::move(params), "messages", look, paging);
    if (!whole) co_return whole.error();
    if (!found && !*whole) {
        co_return ApiError{ErrorKind::transient,
                           method + ": too much was written since to say whether the picture is there"};
    }
    co_return found;
}

}  // namespace rapport::slack
