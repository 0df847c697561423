// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/file_print.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <vector>

namespace nunatak::scene {

namespace fs = std::filesystem;

std::string filePrint(const fs::path& file) {
    constexpr std::streamsize stretch = 64 * 1024;
    std::error_code trouble;
    if (!fs::is_regular_file(file, trouble)) {
        return {};
    }
    const auto size = static_cast<std::streamoff>(fs::file_size(file, trouble));
    std::ifstream in(file, std::ios::binary);
    std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a
    std::vector<char> bytes(static_cast<std::size_t>(stretch));
    for (const std::streamoff begin : {std::streamoff{0}, std::max<std::streamoff>(0, size - stretch)}) {
        in.clear();
        in.seekg(begin);
        in.read(bytes.data(), stretch);
        if (in.bad() || (size > 0 && in.gcount() == 0)) {
            return {};
        }
        for (std::streamsize i = 0; i < in.gcount(); ++i) {
            hash = (hash ^ static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)])) * 0x100000001B3ULL;
        }
    }
    return std::to_string(size) + "-" + std::to_string(hash);
}

std::string fileOfPrint(const fs::path& folder, const std::string& print) {
    constexpr int mostEntries = 20000;
    const std::string size = print.substr(0, print.find('-'));
    int seen = 0;
    std::error_code trouble;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                                trouble);
         !print.empty() && !trouble && entry != fs::recursive_directory_iterator() && ++seen < mostEntries;
         entry.increment(trouble)) {
        std::error_code unknown;
        if (entry->is_regular_file(unknown) && std::to_string(entry->file_size(unknown)) == size &&
            filePrint(entry->path()) == print) {
            return entry->path().string();
        }
    }
    return {};
}

} // namespace nunatak::scene
