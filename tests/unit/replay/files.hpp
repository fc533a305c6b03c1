#pragma once

#include <zip.h>
#include <zlib.h>

#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/replay/source.hpp"
#include "support/catch.hpp"

namespace rapport::replay::test {

/// A folder of its own, gone when the test ends.
class Folder {
public:
    Folder() {
        static std::atomic<int> count{0};
        path_ = std::filesystem::temp_directory_path() /
                ("rapport-replay-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path file(std::string_view name, std::string_view content) const {
        const auto path = path_ / name;
        std::ofstream{path, std::ios::binary} << content;
        return path;
    }
    std::filesystem::path gzip(std::string_view name, std::string_view content) const {
        const auto path = path_ / name;
        gzFile file = gzopen(path.c_str(), "wb");
        REQUIRE(gzwrite(file, content.data(), static_cast<unsigned>(content.size())) ==
                static_cast<int>(content.size()));
        gzclose(file);
        return path;
    }
    std::filesystem::path zip(std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& files) const {
        const auto path = path_ / name;
        int code = 0;
        zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
        REQUIRE(archive != nullptr);
        for (const auto& [entry, content] : files) {
            zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
            REQUIRE(zip_file_add(archive, entry.c_str(), source, ZIP_FL_ENC_GUESS) >= 0);
        }
        REQUIRE(zip_close(archive) == 0);
        return path;
    }
    /// Leaves only the first `size` bytes of a file.
    static void truncate(const std::filesystem::path& path, std::uintmax_t size) {
        std::filesystem::resize_file(path, size);
    }

private:
    std::filesystem::path path_;
};

/// What came out of a file until its end or its first Error.
struct Outcome {
    std::vector<Event> events{};
    std::string error{};
    Tally tally{};

    const Message& message(std::size_t i) const { return std::get<MessagePosted>(events.at(i).body).message; }
};

inline Outcome drain(EventSource& source) {
    Outcome outcome;
    for (;;) {
        Result<std::optional<Event>> event = source.next();
        if (!event) outcome.error = event.error().what;
        if (!event || !*event) break;
        outcome.events.push_back(std::move(**event));
    }
    outcome.tally = source.tally();
    return outcome;
}

inline Outcome read_all(const std::filesystem::path& path, const Options& options = {}) {
    auto source = open(path, options);
    if (!source) {
        Outcome outcome;
        outcome.error = source.error().what;
        return outcome;
    }
    return drain(**source);
}

}  // namespace rapport::replay::test
