// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/training_lock.h"

#include "base/error.h"
#include "base/printable.h"

#include <array>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nunatak::tasks {

TrainingLock::TrainingLock(const std::filesystem::path& userModels, const std::string& what) {
    std::error_code ignored;
    std::filesystem::create_directories(userModels, ignored);
    const auto file = userModels / ".training";
    m_file = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_file < 0) {
        return; // a folder that cannot be written is told by whoever stores the model
    }
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        std::array<char, 300> other{};
        const auto count = ::pread(m_file, other.data(), other.size() - 1, 0);
        ::close(m_file);
        const std::string said = printable(std::string(other.data(), count > 0 ? std::size_t(count) : 0));
        throw Error("Another training is running" + (said.empty() ? std::string() : ": " + said) +
                    ". Wait for it, pause it or stop it; two at once would take twice as long each.");
    }
    const std::string said = what + " (process " + std::to_string(::getpid()) + ")";
    if (::ftruncate(m_file, 0) != 0 || ::pwrite(m_file, said.data(), said.size(), 0) < 0) {
        return; // the lock holds all the same
    }
}

TrainingLock::~TrainingLock() {
    if (m_file >= 0) {
        ::close(m_file);
    }
}

} // namespace nunatak::tasks
