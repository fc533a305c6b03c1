// files.getUploadURLExternal, files.completeUploadExternal, and the address between them.
//
// Not documented, and chosen so that the app must get it right: an address takes its bytes once and exactly
// so many as announced, and a file is completed once.
#include <boost/json/array.hpp>

#include "doubles/slack/api.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

constexpr std::size_t longest_alt = 1'000;  // alt_txt_too_large (docs.slack.dev).
constexpr std::size_t most_bytes = 1'000'000'000;

json::object upload_address(const Call& call) {
    File file;
    file.name = call.need("filename");
    call.need("length");
    file.length = call.number("length", 0, most_bytes);
    file.alt = call.text("alt_txt");
    if (code_points(file.alt) > longest_alt) throw Refusal{"alt_txt_too_large"};
    file.id = call.core.world.next_id("F");
    file.team = call.team->id;
    file.user = call.self();
    const std::string path = "/upload/v1/" + call.core.world.next_secret("");
    call.core.world.upload_urls[path] = file.id;
    json::object answer{{"upload_url", call.core.base + path}, {"file_id", file.id}};
    call.core.world.files[file.id] = std::move(file);
    return answer;
}

json::object file_json(const Core& core, const File& file) {
    return {{"id", file.id},       {"name", file.name},
            {"title", file.title}, {"mimetype", "image/png"},
            {"filetype", "png"},   {"size", file.bytes.size()},
            {"user", file.user},   {"alt_txt", file.alt},
            {"mode", "hosted"},    {"url_private", core.base + "/files/" + file.id}};
}

/// The files that the call names, each uploaded and not completed before.
std::vector<File*> named_files(const Call& call) {
    call.need("files");
    const std::optional<json::value> listed = call.json("files");
    if (!listed->is_array() || listed->get_array().empty()) throw Refusal{"invalid_arguments"};
    std::vector<File*> files;
    for (const json::value& one : listed->get_array()) {
        if (!one.is_object()) throw Refusal{"invalid_arguments"};
        const auto found = call.core.world.files.find(std::string{text_of(one.get_object(), "id")});
        const bool ours = found != call.core.world.files.end() && found->second.team == call.team->id;
        if (!ours || found->second.bytes.empty() || found->second.shown) throw Refusal{"file_not_found"};
        found->second.title = std::string{text_of(one.get_object(), "title")};
        if (found->second.title.empty()) found->second.title = found->second.name;
        files.push_back(&found->second);
    }
    return files;
}

/// Where they are to be seen; null: nowhere, they stay private.
Channel* place_of(const Call& call) {
    if (call.text("channel_id").empty()) return nullptr;
    Channel& channel = call.joined("channel_id");
    if (channel.archived) throw Refusal{"is_archived"};
    const std::string thread = call.text("thread_ts");
    if (thread.empty()) return &channel;
    const auto root = channel.messages.find(thread);
    if (root == channel.messages.end() || is_reply(root->second)) throw Refusal{"invalid_thread_ts"};
    return &channel;
}

json::object complete(const Call& call) {
    Channel* const channel = place_of(call);
    const std::vector<File*> files = named_files(call);
    json::array shown;
    for (File* file : files) {
        file->shown = true;
        shown.push_back(file_json(call.core, *file));
    }
    if (channel) {
        json::object message{{"subtype", "file_share"},
                             {"text", call.text("initial_comment")},
                             {"files", shown},
                             {"upload", true},
                             {"user", call.self()},
                             {"bot_id", call.team->bot},
                             {"app_id", call.core.settings.app},
                             {"team", call.team->id}};
        if (!call.text("thread_ts").empty()) message["thread_ts"] = call.text("thread_ts");
        post(call.core, *channel, std::move(message));
    }
    return {{"files", std::move(shown)}};
}

constexpr Method methods[] = {
    {"files.getUploadURLExternal", upload_address, 100, true, "files:write"},
    {"files.completeUploadExternal", complete, 100, true, "files:write"},
};

}  // namespace

net::Response take_upload(Core& core, const net::Request& request) {
    core.calls.emplace_back();
    ApiCall& log = core.calls.back();
    log.method = "upload_url";
    log.at = core.world.now();
    log.params = {{"bytes", request.body.size()}};
    const auto say = [&](unsigned status, std::string words) {
        log.status = status;
        log.answer = {{"ok", status == 200}, {"error", words}};
        net::Response response;
        response.status = status;
        response.headers.push_back({"Content-Type", "text/plain"});
        response.body = std::move(words);
        return response;
    };
    if (request.method != "POST") return say(405, "invalid_method");
    if (!request.header("authorization").empty()) core.complain("a token was sent to an upload's address");
    const auto url = core.world.upload_urls.find(std::string{request.path()});
    if (url == core.world.upload_urls.end()) return say(404, "no_such_upload");
    File& file = core.world.files.at(url->second);
    if (!file.bytes.empty()) return say(409, "used_url");
    if (request.body.size() != file.length) return say(400, "wrong_length");
    file.bytes = request.body;
    return say(200, "OK - " + std::to_string(file.length));
}

std::span<const Method> file_methods() {
    return methods;
}

}  // namespace rapport::test::slack
