// Letters: once to each of those they are for, however often delivery is tried. The words go out first; the
// picture follows, and takes nothing with it when it fails.

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/card_desk.hpp"
#include "adapters/slack/events/moment.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Slack shows a file some seconds after it took it: to look sooner would find nothing and show it twice.
constexpr std::chrono::seconds shown_within{30};
/// A picture that could not be shown for so long is not waited for any more.
constexpr std::chrono::hours picture_patience{6};
constexpr std::chrono::minutes earlier_by{5};  ///< Slack's clock and ours may differ by that much.
constexpr std::chrono::minutes picture_deadline{2};

CallOptions for_picture() {
    CallOptions options;
    options.deadline = picture_deadline;
    return options;
}

/// What stands in the letter instead of its picture.
Part instead_of_picture(const Letter& letter) {
    Part part;
    part.heading = letter.image_title;
    part.text = letter.image_text.empty() ? "Its picture could not be shown." : letter.image_text;
    return part;
}

}  // namespace

asio::awaitable<Result<>> CardDesk::show(const Outgoing& outgoing, const Letter& letter) {
    std::vector<Target> to;
    if (outgoing.team && !workspace_.alert_channel.empty())
        to.push_back({{}, workspace_.alert_channel});
    else
        to = direct_targets(outgoing);
    if (to.empty() && outgoing.team) co_return nobody_to_show();
    Result<> worst;
    for (const Target& target : to) {
        const Result<> shown = co_await show(outgoing, letter, target);
        if (!shown && (worst || shown.error().retryable())) worst = shown;
    }
    if (letter.image.empty()) co_return worst;
    for (const Target& target : to) {
        const Result<> shown = co_await show_picture(outgoing, letter, target);
        if (!shown && (worst || shown.error().retryable())) worst = shown;
    }
    co_return worst;
}

std::string CardDesk::letter_key(const Outgoing& outgoing, const Target& target) const {
    // Notes of cards are forgotten after a while; a letter's note is one of them.
    return workspace_.key("card:" + outgoing.id + ":" + target.name());
}

asio::awaitable<Result<>> CardDesk::show(const Outgoing& outgoing, const Letter& letter,
                                         const Target& target) {
    const std::string key = letter_key(outgoing, target);
    const auto note = co_await workspace_.notebook.read(key);
    if (!note) co_return note.error();
    Place place;
    if (*note) place = place_of_note(**note).value_or(Place{});
    if (!place.pending.empty())
        if (Result<> settled = co_await settle(key, place); !settled) co_return settled;
    if (!place.ts.empty()) co_return Result<>{};
    if (Result<> opened = co_await open_place(target, place); !opened) co_return opened;
    json::object message = page_message(letter.page);
    message["channel"] = place.channel;
    message["metadata"] =
        json::object{{"event_type", card_event_type}, {"event_payload", json::object{{"id", outgoing.id}}}};
    if (Result<> posted = co_await post(std::move(message), "card", outgoing.id, key, place); !posted)
        co_return posted;
    co_return co_await keep(key, place);
}

/// The file is uploaded and noted before it is shown, so that after an unknown outcome, or a restart, it is
/// known what to look for. Once it is noted no other is uploaded: better none than two.
asio::awaitable<Result<>> CardDesk::show_picture(const Outgoing& outgoing, const Letter& letter,
                                                 const Target& target) {
    const std::string key = letter_key(outgoing, target);
    const auto note = co_await workspace_.notebook.read(key);
    if (!note) co_return note.error();
    Place place;
    if (*note) place = place_of_note(**note).value_or(Place{});
    // Without its words it is not shown at all; why they are not there has been said.
    if (place.ts.empty() || place.picture_settled) co_return Result<>{};
    Result<> done;
    if (place.file.empty()) {
        done = co_await upload_picture(letter, place);
        if (done) {
            done = co_await complete_picture(letter, target, key, place);
        }
    } else {
        done = co_await find_picture(letter, target, key, place);
    }
    if (done) {
        place.picture_settled = true;
        co_return co_await keep(key, place);
    }
    const std::optional<Time> posted = events::to_time(place.ts);
    const bool patient = posted && workspace_.now() < *posted + picture_patience;
    if (done.error().retryable() && patient) co_return done;
    workspace_.log("The letter \"" + letter.page.title +
                   "\" stands without its picture: " + done.error().what);
    co_return co_await do_without_picture(letter, key, place);
}

/// Until it is completed nobody sees the file, so what fails here is simply done again.
asio::awaitable<Result<>> CardDesk::upload_picture(const Letter& letter, Place& place) {
    const ApiResult<Upload> upload =
        co_await upload_address(workspace_.api, "picture.png", letter.image.size(), for_picture());
    if (!upload) co_return Error{upload.error()};
    const ApiResult<> sent = co_await workspace_.api.upload(upload->url, letter.image, for_picture());
    if (!sent) co_return Error{sent.error()};
    place.file = upload->file;
    co_return Result<>{};
}

Showing CardDesk::picture_at(const Letter& letter, const Target& target, const Place& place) const {
    Showing showing;
    showing.file = place.file;
    showing.title = letter.image_title.empty() ? letter.page.title : letter.image_title;
    // As the message that bears it, and not as the upload's alt_txt: with that, Slack has been seen to take
    // the file and show it nowhere (slackapi/python-slack-sdk#1818).
    if (!letter.image_text.empty())
        showing.words = std::string(notice_message(letter.image_text).at("text").as_string());
    showing.channel = workspace_.current_channel(place.channel);
    // Beneath the letter: in a direct message as what comes next, in a channel in the letter's thread.
    if (target.user.empty()) showing.thread = place.ts;
    return showing;
}

asio::awaitable<Result<>> CardDesk::complete_picture(const Letter& letter, const Target& target,
                                                     const std::string& key, Place& place) {
    place.file_at = workspace_.now();
    if (Result<> kept = co_await keep(key, place); !kept) co_return kept;
    const ApiResult<> shown =
        co_await complete_upload(workspace_.api, picture_at(letter, target, place), for_picture());
    if (shown) co_return Result<>{};
    if (shown.error().unknown_outcome) co_return Error{ErrorKind::transient, shown.error().what};
    co_return Error{shown.error()};
}

/// It may have been shown without our knowing: looks, and shows it if it is not there.
asio::awaitable<Result<>> CardDesk::find_picture(const Letter& letter, const Target& target,
                                                 const std::string& key, Place& place) {
    const Time look_at = place.file_at + shown_within;
    if (workspace_.now() < look_at)
        co_return Error{ErrorKind::transient, "It is not known yet whether Slack shows the letter's picture.",
                        look_at - workspace_.now()};
    const ApiResult<bool> found = co_await find_file(workspace_.api, picture_at(letter, target, place),
                                                     events::to_ts(place.file_at - earlier_by));
    if (!found) co_return Error{found.error()};
    if (*found) co_return Result<>{};
    co_return co_await complete_picture(letter, target, key, place);
}

/// The letter says what the picture would have shown.
asio::awaitable<Result<>> CardDesk::do_without_picture(const Letter& letter, const std::string& key,
                                                       Place& place) {
    Page page = letter.page;
    page.parts.push_back(instead_of_picture(letter));
    json::object message = page_message(page);
    message["channel"] = workspace_.current_channel(place.channel);
    message["ts"] = place.ts;
    const ApiResult<Posted> updated =
        co_await update_message(workspace_.api, std::move(message), for_picture());
    // Somebody may have removed the letter; then there is nothing to be mended.
    if (!updated && updated.error().retryable()) co_return Error{updated.error()};
    place.picture_settled = true;
    co_return co_await keep(key, place);
}

}  // namespace rapport::slack
