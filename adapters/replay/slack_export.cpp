#include "adapters/replay/slack_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <queue>
#include <tuple>

#include "adapters/replay/complaints.hpp"
#include "adapters/replay/slack_lists.hpp"
#include "adapters/replay/slack_message.hpp"
#include "adapters/replay/timestamp.hpp"
#include "adapters/replay/utf8.hpp"

namespace rapport::replay {
namespace {

namespace json = boost::json;

/// A day file is split by some time zone's midnight: its first message is never earlier than this before its
/// date.
constexpr std::chrono::hours zone_slack{24};

std::int64_t micros_of(Time at) {
    return at.time_since_epoch().count() * 1000;
}

/// A channel's days, one of them loaded at a time.
struct Feed {
    struct Day {
        ZipArchive::Entry entry{};
        Time date{};
    };
    struct Loaded {
        SlackRecord record{};
        std::uint64_t number = 0;  ///< In the day file, from 1.
        std::string raw{};
    };
    Channel channel{};
    std::deque<Day> days{};      ///< Not yet loaded, in order.
    std::deque<Loaded> ready{};  ///< What is left of the loaded day, in order.
    std::string file{};          ///< Name of the loaded day.

    /// No event of this feed is earlier. Only while something is left.
    std::int64_t earliest() const {
        return ready.empty() ? micros_of(days.front().date - zone_slack) : ready.front().record.order;
    }
};

/// `FOLDER/2024-05-01.json` -> folder and date; nothing for any other name.
std::optional<std::pair<std::string_view, Time>> day_file(std::string_view name) {
    constexpr std::size_t tail = std::string_view{"/YYYY-MM-DD.json"}.size();
    if (name.size() <= tail || !name.ends_with(".json") || name[name.size() - tail] != '/')
        return std::nullopt;
    const std::string_view folder = name.substr(0, name.size() - tail);
    const auto date = parse_time(std::string{name.substr(folder.size() + 1, 10)} + "T00:00Z");
    if (!date || folder.find('/') != std::string_view::npos) return std::nullopt;
    return std::pair{folder, *date};
}

/// The folder within the archive where users.json lies: people zip exports again, with a folder around them.
std::string top_folder(const ZipArchive& archive) {
    std::string top;
    bool found = false;
    for (const ZipArchive::Entry& entry : archive.entries()) {
        const std::string_view name = entry.name;
        if (name == "users.json") return {};
        const auto slash = name.find('/');
        if (!found && !name.starts_with("__MACOSX/") && slash != name.npos &&
            name.substr(slash) == "/users.json") {
            top = name.substr(0, slash + 1);
            found = true;
        }
    }
    return top;
}

class SlackExport final : public EventSource {
public:
    SlackExport(const std::filesystem::path& path, const Options& options, ZipArchive archive)
        : path_(path),
          options_(options),
          source_("replay:" + path.filename().string()),
          archive_(std::move(archive)),
          complaints_(path.string(), options_, tally_) {}

    /// Reads the lists, sorts the days and checks every file of them.
    Result<> load() {
        const std::string top = top_folder(archive_);
        Result<SlackDirectory> directory =
            read_slack_lists(archive_, path_, top, options_.realm.empty() ? realm_of(path_) : options_.realm);
        if (!directory) return directory.error();
        directory_ = std::move(*directory);
        cursor_name_ = "replay:" + directory_.realm;
        if (const Result<> indexed = index_days(top); !indexed) return indexed.error();
        std::string scratch;
        for (const Feed& feed : feeds_)
            for (const Feed::Day& day : feed.days) {
                if (const Result<> read = archive_.read(day.entry, scratch); !read) return read.error();
                bytes_total_ += day.entry.size;
            }
        for (std::size_t i = 0; i < feeds_.size(); ++i) queue_.push({feeds_[i].earliest(), i});
        return {};
    }

    Result<std::optional<Event>> next() override {
        while (!failed_ && pending_.empty()) {
            if (queue_.empty()) return std::optional<Event>{};
            Feed& feed = feeds_[queue_.top().second];
            const std::size_t number = queue_.top().second;
            queue_.pop();
            const Result<> step = feed.ready.empty() ? load_day(feed) : take(feed);
            if (!feed.ready.empty() || !feed.days.empty()) queue_.push({feed.earliest(), number});
            if (!step) failed_ = step.error();
        }
        if (failed_) return *failed_;
        Event event = std::move(pending_.front());
        pending_.pop_front();
        event.cursor = std::to_string(++tally_.events);
        return std::optional{std::move(event)};
    }

    Result<> skip_to(std::string_view cursor) override {
        const Result<std::uint64_t> target = parse_cursor(cursor, path_);
        if (!target) return target.error();
        complaints_.set_quiet(true);
        while (tally_.events < *target) {
            const Result<std::optional<Event>> event = next();
            if (!event) return event.error();
            if (!*event) return cursor_beyond(path_, *target, tally_.events, "events");
        }
        complaints_.set_quiet(false);
        return {};
    }

    std::string_view cursor_name() const noexcept override { return cursor_name_; }
    std::uint64_t bytes_total() const noexcept override { return bytes_total_; }
    std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
    const Tally& tally() const noexcept override { return tally_; }

private:
    Result<> index_days(std::string_view top) {
        std::map<ChannelKey, Feed> by_channel;
        for (const ZipArchive::Entry& entry : archive_.entries()) {
            if (!std::string_view{entry.name}.starts_with(top)) continue;
            const auto day = day_file(std::string_view{entry.name}.substr(top.size()));
            if (!day) continue;
            const auto channel = directory_.folders.find(day->first);
            if (channel == directory_.folders.end()) {
                if (day->first.starts_with("FC:")) continue;  // Talk about a file: no channel has it.
                if (const Result<> heard = unknown_folder(entry); !heard) return heard.error();
                continue;
            }
            Feed& feed = by_channel[channel->second.key];
            feed.channel = channel->second;
            feed.days.push_back({entry, day->second});
        }
        for (auto& [key, feed] : by_channel) {
            std::sort(feed.days.begin(), feed.days.end(), [](const Feed::Day& a, const Feed::Day& b) {
                return std::tie(a.date, a.entry.name) < std::tie(b.date, b.entry.name);
            });
            feeds_.push_back(std::move(feed));
        }
        return {};
    }

    Result<> unknown_folder(const ZipArchive::Entry& entry) {
        return complaints_.record(entry.name, "message", 0, "no list of channels knows this folder");
    }

    /// Loads the feed's next day. A day that is not JSON is one bad record.
    Result<> load_day(Feed& feed) {
        const Feed::Day day = std::move(feed.days.front());
        feed.days.pop_front();
        feed.file = day.entry.name;
        bytes_read_ += day.entry.size;
        if (const Result<> read = archive_.read(day.entry, text_); !read) return read.error();
        json::monotonic_resource memory;
        boost::system::error_code failure;
        const json::value value = json::parse(text_, failure, &memory);
        if (failure || !value.is_array()) {
            const auto at = first_invalid_utf8(text_);
            std::string what = at        ? fmt::format("byte {} is not UTF-8", *at + 1)
                               : failure ? "the day is not JSON (" + failure.message() + ")"
                                         : "the day is not a list of messages";
            return complaints_.record(feed.file, "message", 0, std::move(what));
        }
        std::int64_t order = micros_of(day.date);
        std::uint64_t number = 0;
        for (const json::value& entry : value.get_array()) {
            Feed::Loaded loaded{read_slack_record(entry, feed.channel, directory_), ++number, {}};
            if (loaded.record.order == 0)
                loaded.record.order = order;  // Unreadable: stays with its neighbour.
            order = loaded.record.order;
            if (!loaded.record.events.empty())
                loaded.raw = std::string{prefix(json::serialize(entry), raw_limit)};
            feed.ready.push_back(std::move(loaded));
        }
        std::sort(feed.ready.begin(), feed.ready.end(), [](const Feed::Loaded& a, const Feed::Loaded& b) {
            return std::tie(a.record.order, a.number) < std::tie(b.record.order, b.number);
        });
        return {};
    }

    /// Makes the feed's first record into events.
    Result<> take(Feed& feed) {
        Feed::Loaded loaded = std::move(feed.ready.front());
        feed.ready.pop_front();
        ++tally_.records;
        if (!loaded.record.problem.empty())
            return complaints_.record(feed.file, "message", loaded.number, std::move(loaded.record.problem));
        if (loaded.record.notice) ++tally_.notices;
        for (Event& event : loaded.record.events) {
            seen_ = std::max(seen_, loaded.record.at);
            event.seen = seen_;
            event.source = source_;
            event.cursor_name = cursor_name_;
            event.raw = loaded.raw;
            if (std::holds_alternative<MessagePosted>(event.body)) ++tally_.messages;
            pending_.push_back(std::move(event));
        }
        return {};
    }

    using Turn =
        std::pair<std::int64_t, std::size_t>;  ///< Earliest event in microseconds, place in `feeds_`.

    std::filesystem::path path_;
    Options options_;
    std::string source_;
    std::string cursor_name_;
    ZipArchive archive_;
    Tally tally_;
    Complaints complaints_;
    SlackDirectory directory_;
    std::vector<Feed> feeds_;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> queue_;
    std::deque<Event> pending_;
    std::string text_;
    Time seen_{};
    std::optional<Error> failed_;
    std::uint64_t bytes_total_ = 0;
    std::uint64_t bytes_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<EventSource>> open_slack_export(const std::filesystem::path& path,
                                                       const Options& options) {
    Result<ZipArchive> archive = ZipArchive::open(path, options);
    if (!archive) return archive.error();
    auto source = std::make_unique<SlackExport>(path, options, std::move(*archive));
    if (const Result<> loaded = source->load(); !loaded) return loaded.error();
    return std::unique_ptr<EventSource>{std::move(source)};
}

}  // namespace rapport::replay
