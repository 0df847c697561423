// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/file_run_storage.h"

#include "base/error.h"
#include "base/whole_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

namespace nunatak::prediction {

namespace fs = std::filesystem;

namespace {
constexpr const char* lockName = "lock";
}

FileRunStorage::FileRunStorage(const fs::path& folder) : m_folder(folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) {
        throw Error("The folder " + folder.string() + " for the prediction's rows cannot be made (" +
                    failure.message() + "); choose a folder that can be written to.");
    }
    m_lock = ::open((folder / lockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_lock < 0) {
        throw Error("The folder " + folder.string() + " cannot be written to; check its permissions.");
    }
    if (::flock(m_lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(m_lock);
        throw Error("Another program is predicting into " + folder.string() +
                    "; wait until it has finished, or end it.");
    }
}

FileRunStorage::~FileRunStorage() {
    ::close(m_lock);
}

void FileRunStorage::put(const std::string& name, const std::vector<std::string_view>& pieces) {
    writeWholeFile(m_folder / name, pieces);
}

std::optional<std::string> FileRunStorage::get(const std::string& name) const {
    const fs::path file = m_folder / name;
    std::error_code failure;
    const auto size = fs::file_size(file, failure);
    if (failure) {
        return std::nullopt;
    }
    std::string bytes(size, '\0');
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(size))) {
        throw Error("The file " + file.string() + " cannot be read; check the disk.");
    }
    return bytes;
}

std::string FileRunStorage::place() const {
    return m_folder.string();
}

void FileRunStorage::clear() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(m_folder, ignored)) {
        if (entry.path().filename() != lockName) {
            fs::remove(entry.path(), ignored);
        }
    }
}

void FileRunStorage::remove() {
    clear();
    std::error_code ignored;
    fs::remove(m_folder / lockName, ignored);
    fs::remove(m_folder, ignored);
}

} // namespace nunatak::prediction
