#pragma once

// The common vocabulary of all adapters. What comes in from a platform becomes an `Event`; what goes out to
// staff was a `Card`, a `Form`, a `Notice` or a `Letter`. Nothing here knows a platform, and nothing here
// does I/O.

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport {

/// A moment in UTC, to the millisecond.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

// ---------------------------------------------------------------------------------------------- who and
// where

/// One identity on one platform. `id` is the platform's own, opaque, and never changes; handles and names do.
struct AccountKey {
    std::string platform{};  ///< "slack", "web", ...
    std::string realm{};     ///< Workspace, instance, site or network.
    std::string id{};
    auto operator<=>(const AccountKey&) const = default;
};

/// An address that an account's profile names as its owner's own.
struct ProfileLink {
    std::string address{};
    bool verified = false;  ///< The platform has found that the page there names the account with rel=me.
};

/// What a platform says of an account just now. An empty member means "the platform did not say".
struct Account {
    AccountKey key{};
    std::string handle{};  ///< Without the leading '@'.
    std::string name{};    ///< Display name.
    bool bot = false;
    std::optional<std::int64_t> reach{};  ///< How many people hear this account, where the platform tells.
    std::optional<Time> created{};        ///< When the account was made, where the platform tells.
    std::string picture{};                ///< An https address, or empty.
    // What may prove whose account it is (bot/people/proof.hpp). Kept as keyed hashes only.
    std::string email{};  ///< Theirs, as the platform itself has verified; or empty.
    std::string page{};   ///< Where the account's profile stands on the web; or empty.
    /// All that the profile names as its owner's other places; nothing: the platform did not say.
    std::optional<std::vector<ProfileLink>> links{};
};

struct ChannelKey {
    std::string platform{};
    std::string realm{};
    std::string id{};
    auto operator<=>(const ChannelKey&) const = default;
};

enum class ChannelKind { open, group, dm, ticket };

/// A place where messages stand one after the other.
struct Channel {
    ChannelKey key{};
    std::string name{};                    ///< As people call it, without '#'.
    ChannelKind kind = ChannelKind::open;  ///< `dm`: text is shown to permitted staff only.
};

/// A message's identity, whatever event ids the platform puts on its copies (design §9).
struct MessageKey {
    ChannelKey channel{};
    std::string id{};
    auto operator<=>(const MessageKey&) const = default;
};

// ---------------------------------------------------------------------------------------------- what comes
// in

/// One message as the platform shows it. Times are the platform's.
struct Message {
    Channel channel{};
    std::string id{};  ///< Unique in its channel; opaque.
    Account author{};
    std::string text{};  ///< Plain text, valid UTF-8, at most `max_text` bytes.
    Time at{};
    std::string reply_to{};  ///< Id of the message that it answers, in the same channel; or empty.
    std::string thread{};    ///< Id of the thread's first message, in the same channel; or empty.
    std::vector<AccountKey> mentions{};  ///< Accounts that the platform itself marks as mentioned.
    bool via_app = false;                ///< Posted by a tool with the person's token: not a personal answer.
    std::string role{};  ///< What the source says the author is: "staff", "brand", "bot", or a role.
    std::string link{};  ///< Opens the message where a human can answer it; or empty.

    MessageKey key() const { return {channel.key, id}; }
};

/// The longest text an event may carry, in bytes; adapters cut on a grapheme and keep the rest out.
inline constexpr std::size_t max_text = 64 * 1024;

/// A message was posted. Copies of one message are told apart by `Message::key()` alone.
struct MessagePosted {
    Message message{};
    bool late = false;  ///< Found by a backfill, not heard live.
};

struct MessageEdited {
    MessageKey message{};
    std::string text{};
    Time at{};
};

struct MessageDeleted {
    MessageKey message{};
    Time at{};
};

/// Someone put a reaction (an emoji, a like) on a message.
struct ReactionAdded {
    MessageKey message{};
    Account by{};
    std::string reaction{};
    Time at{};
};

/// A profile changed: handle, name, reach, picture.
struct AccountChanged {
    Account account{};
    Time at{};
};

/// What staff or an import say of a person. Empty members change nothing.
struct ContactStated {
    Account account{};
    std::vector<std::string> roles{};  ///< Added.
    std::string owner{};               ///< A staffer's name as in team.yaml.
    std::string note{};                ///< One line: how they met, what they care about.
    Time at{};
};

/// Something could not be heard and could not be back-filled. Shown, never passed over (design §2.10).
struct Gap {
    ChannelKey channel{};
    Time from{};
    Time until{};
    std::string why{};
};

/// Something certainly came from the platform and could not be understood: it goes to quarantine with
/// `Event::raw`, for a person to look at.
struct NotUnderstood {
    std::string why{};
};

/// A staffer pressed a button or submitted a form. `id` makes a press idempotent.
struct Action {
    std::string id{};                             ///< Unique per press; a repeated id is the same press.
    AccountKey by{};                              ///< Checked against the roster before anything happens.
    std::string card{};                           ///< Card::id.
    std::string button{};                         ///< Button::id, or Form::id for a submitted form.
    std::map<std::string, std::string> values{};  ///< FormField::id or "choice" -> value.
    Time at{};
};

/// Everything that can come in. `TimerDue` and other inner events are the pipeline's own and not here.
struct Event {
    using Body = std::variant<MessagePosted, MessageEdited, MessageDeleted, ReactionAdded, AccountChanged,
                              ContactStated, Gap, Action, NotUnderstood>;
    Body body{};
    Time seen{};           ///< When the adapter received it.
    std::string source{};  ///< Which adapter and connection, for logs and quarantine: "web", "replay:FILE".
    std::string cursor_name{};  ///< With `cursor`: saved in the same transaction as the event's effects,
    std::string cursor{};       ///< so that an adapter resumes exactly after what is durable. Empty: none.
    std::string raw{};  ///< The original payload (cut to 4 KB), kept only if the event is quarantined.
};

// ---------------------------------------------------------------------------------------------- what goes
// out

struct Option {
    std::string label{};
    std::string value{};
};

enum class ButtonStyle { normal, primary, danger };

/// A button, or a menu if it has `options`: the chosen value comes back as Action::values["choice"].
struct Button {
    std::string id{};
    std::string label{};
    ButtonStyle style = ButtonStyle::normal;
    std::vector<Option> options{};
    std::string url{};      ///< Not empty: opens this address; no action comes back.
    std::string confirm{};  ///< Not empty: a question to ask first.
};

/// A labelled line: "Who", "Why you".
struct Field {
    std::string label{};
    std::string text{};
};

/// Somebody's words, always shown as text and never as mark-up.
struct Quote {
    std::string author{};
    std::string text{};
    std::optional<Time> at{};
    std::string link{};
};

struct HistoryLine {
    Time at{};
    std::string text{};
};

/// How the card should feel at a glance.
enum class Tone { asking, claimed, waiting, done, closed };

/// What staff see of one alert. One card per alert, edited in place: the same `id` again replaces what was
/// shown, and a lower `revision` than the one shown is ignored.
struct Card {
    std::string id{};
    std::uint32_t revision = 0;
    Tone tone = Tone::asking;
    std::string title{};
    std::string status{};  ///< One line on where it stands: "Waiting for Ada, due 16:40".
    std::vector<Field> fields{};
    std::vector<Quote> quotes{};
    std::vector<Button> buttons{};
    std::vector<HistoryLine> history{};  ///< Oldest first. Slack shows it in the thread.
    std::string conversation{};          ///< "platform:realm:channel", where the words were said.
    std::string picture{};               ///< An https address of who waits for an answer, or empty.
    bool is_private = false;  ///< About words that not everybody on the team may read: with a non-empty
                              ///< Outgoing::to it is shown to these staff only and stands in no channel.
};

enum class FieldKind { text, choice, time, person };

struct FormField {
    std::string id{};
    std::string label{};
    FieldKind kind = FieldKind::text;
    std::string hint{};
    std::vector<Option> options{};
    bool required = false;
    std::string value{};      ///< What stands there at first: text, an option's value, "2026-11-22 14:30", an
                              ///< account as "platform:realm:id".
    bool several = false;     ///< `text`: more than one line. `choice`: more than one, comma-separated.
    bool asks_again = false;  ///< A change of it changes the form: ask for the form anew, with all values.
};

/// Asks a staffer for something that does not fit a button.
struct Form {
    std::string id{};
    std::string card{};
    std::string title{};
    std::string submit{};  ///< Empty: nothing to submit, it is only read.
    std::vector<FormField> fields{};
    std::string text{};             ///< Words above the fields.
    std::string context{};          ///< Comes back with the form as values["context"]; at most 2,000 bytes.
    std::vector<Button> buttons{};  ///< Pressed with the form's values so far; what comes back replaces it.
};

/// A short word to one person about what they just did ("Bea was faster: she has it since 14:02").
struct Notice {
    std::string action{};  ///< The Action::id that it answers.
    std::string text{};
};

/// One piece of a page, shown in this order: heading, picture, text, fields, quotes, buttons.
struct Part {
    std::string heading{};
    std::string text{};          ///< Plain; paragraphs are parted by '\n'.
    std::string picture{};       ///< An https address, or empty.
    std::string picture_text{};  ///< What it shows, for those who do not see it.
    std::vector<Field> fields{};
    std::vector<Quote> quotes{};
    std::vector<Button> buttons{};  ///< A press comes back as Ask::Kind::button with `name` = Button::id.
};

/// Something to read, with buttons.
struct Page {
    std::string id{};  ///< "home", "who", ...: names the kind of page, for logs and snapshots.
    std::string title{};
    std::vector<Part> parts{};
};

/// Something to read that is no alert's: a reminder, the day's digest, the week's report. Shown once and not
/// edited; a press of its buttons comes back as an ask of the office.
struct Letter {
    Page page{};
    std::string image{};       ///< A PNG, at most `max_image` bytes; or empty.
    std::string image_text{};  ///< What it shows, for those who do not see it.
    std::string image_title{};
};
inline constexpr std::size_t max_image = 512 * 1024;

/// One thing to bring to staff. `id` is unique and stays the same when delivery is tried again.
struct Outgoing {
    std::string id{};
    std::vector<AccountKey> to{};  ///< The staff who see it as themselves, and whom a sound calls.
    bool notify = false;           ///< A sound or badge is wanted, not just a change of what is shown.
    std::variant<Card, Form, Notice, Letter> body{};
    bool team = false;  ///< The team's channel sees it, beside them.
};

}  // namespace rapport
