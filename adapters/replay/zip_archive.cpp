#include "adapters/replay/zip_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include "adapters/replay/complaints.hpp"
#include "adapters/replay/utf8.hpp"

namespace rapport::replay {
namespace {

constexpr zip_int64_t max_entries = 2'000'000;

/// Whether the name stays inside the folder where a careless program would unpack it.
bool is_harmless(std::string_view name) {
    if (name.empty() || name.front() == '/' || first_invalid_utf8(name)) return false;
    if (name.find_first_of(std::string_view{"\\\0", 2}) != std::string_view::npos) return false;
    if (name.size() > 1 && name[1] == ':') return false;
    while (!name.empty()) {
        const auto end = std::min(name.find('/'), name.size());
        if (name.substr(0, end) == "..") return false;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return true;
}

std::string zip_words(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string words = zip_error_strerror(&error);
    zip_error_fini(&error);
    return words;
}

}  // namespace

void ZipArchive::Discard::operator()(zip* archive) const noexcept {
    zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& path, const Options& options) {
    ZipArchive archive{path};
    int code = 0;
    archive.archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive.archive_) {
        if (code == ZIP_ER_NOENT || code == ZIP_ER_OPEN)
            return file_error(path, fmt::format("cannot be opened ({}). Check the name and the permissions.",
                                                zip_words(code)));
        return file_error(path,
                          fmt::format("is not a whole zip file ({}): it may have broken off while it was "
                                      "fetched. Fetch it again. Nothing of it was used.",
                                      zip_words(code)));
    }
    if (const Result<> listed = archive.list(options); !listed) return listed.error();
    return archive;
}

Result<> ZipArchive::list(const Options& options) {
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count > max_entries)
        return file_error(path_, fmt::format("holds {} files; that is no Slack export.", count));
    std::uint64_t total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        // Raw: the name's bytes as they are, not what libzip makes of them in some other encoding.
        if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW, &stat) != 0)
            return file_error(
                path_, fmt::format("its table of contents is damaged at file {}. Fetch it again.", i + 1));
        const std::string_view name = stat.name ? stat.name : "";
        if (!is_harmless(name))
            return file_error(path_,
                              fmt::format("file {} has a name that no Slack export has (it leads outside, or "
                                          "is not UTF-8). Do not trust this archive.",
                                          i + 1));
        if (name.back() == '/') continue;
        if ((stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > options.max_file)
            return file_error(path_,
                              fmt::format("{} says that it unpacks to {} bytes, and {} are allowed. Do not "
                                          "trust this archive.",
                                          name, stat.size, options.max_file));
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            return file_error(path_,
                              fmt::format("{} is encrypted. Unpack it and zip it without a password.", name));
        total += stat.size;
        if (total > options.max_total)
            return file_error(path_, fmt::format("unpacks to more than {} bytes. Do not trust this archive.",
                                                 options.max_total));
        entries_.push_back({std::string{name}, stat.index, stat.size});
    }
    return {};
}

Result<> ZipArchive::read(const Entry& entry, std::string& into) const {
    const auto damaged = [&](std::string_view why) {
        return file_error(path_, fmt::format("{} is damaged ({}). Fetch the export again.", entry.name, why));
    };
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{
        zip_fopen_index(archive_.get(), entry.index, 0), zip_fclose};
    if (!file) return damaged(zip_error_strerror(zip_get_error(archive_.get())));
    into.resize(entry.size);
    std::size_t have = 0;
    while (have < into.size()) {
        const auto got = zip_fread(file.get(), into.data() + have, into.size() - have);
        if (got < 0) return damaged(zip_error_strerror(zip_file_get_error(file.get())));
        if (got == 0) return damaged("it ends too early");
        have += static_cast<std::size_t>(got);
    }
    char beyond = 0;  // The checksum is compared where the file ends, so its end must be met.
    const auto got = zip_fread(file.get(), &beyond, 1);
    if (got > 0) return damaged("it is longer than it says");
    if (got < 0) return damaged(zip_error_strerror(zip_file_get_error(file.get())));
    return {};
}

}  // namespace rapport::replay
