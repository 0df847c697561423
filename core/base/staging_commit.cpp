// SPDX-License-Identifier: GPL-3.0-or-later
#include "staging_commit.h"

#include "base/error.h"
#include "base/whole_file.h"

#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

namespace nunatak {

namespace fs = std::filesystem;

namespace {

constexpr const char* planName = ".nunatak-plan";
constexpr const char* oldName = ".nunatak-old";

/// What has a name, so that it can be told from what came there later.
std::string stateOf(const fs::path& file) {
    struct stat found {};
    if (::lstat(file.c_str(), &found) != 0) {
        return "none";
    }
    std::ostringstream text;
    text << found.st_dev << ' ' << found.st_ino << ' ' << found.st_mtim.tv_sec << ' '
         << found.st_mtim.tv_nsec;
    return text.str();
}

void writePlan(const fs::path& staging, const fs::path& folder, const std::vector<std::string>& made) {
    std::string plan;
    for (const auto& name : made) {
        plan += name + '\0' + stateOf(folder / name) + '\0';
    }
    std::ofstream stream(staging / planName, std::ios::binary);
    stream << plan;
    stream.close();
    if (!stream) {
        throw Error("\"" + (folder / made.back()).string() +
                    "\" could not be put in place: the disk is full. What was there before is kept.");
    }
    syncFile(staging / planName, folder / made.back());
    syncFolder(staging, folder / made.back());
}

/// Takes renames and removals back unless all went well.
class Moves {
public:
    explicit Moves(fs::path old) : m_old(std::move(old)) {}
    Moves(const Moves&) = delete;
    Moves& operator=(const Moves&) = delete;
    ~Moves() {
        std::error_code ignored; // nothing better can be done, and the first failure is the one to tell
        for (auto move = m_moves.rbegin(); !m_isDone && move != m_moves.rend(); ++move) {
            if (!move->before.empty()) {
                fs::rename(move->before, move->target, ignored);
            } else if (fs::is_directory(fs::symlink_status(move->target, ignored))) {
                fs::rename(move->target, move->made, ignored);
            } else if (move->isNew) {
                fs::remove(move->target, ignored);
            }
        }
    }

    void remove(const fs::path& target) {
        Move move{target, kept(target), false, {}};
        std::error_code problem;
        if (move.before.empty() || !fs::remove(target, problem)) {
            throw Error(
                "\"" + target.string() +
                "\" belongs to what shall be replaced and cannot be removed. What was there before is kept.");
        }
        m_moves.push_back(std::move(move));
    }
    void put(const fs::path& finished, const fs::path& target, const Claim& claim) {
        std::error_code ignored;
        const bool isNew = !fs::exists(fs::symlink_status(target, ignored));
        Move move{target, isNew ? fs::path() : kept(target), isNew, finished};
        if (fs::is_directory(fs::symlink_status(finished, ignored))) {
            giveFolderName(finished, target);
        } else {
            giveName(finished, target, claim);
        }
        m_moves.push_back(std::move(move));
    }
    void done() { m_isDone = true; }

private:
    struct Move {
        fs::path target;
        fs::path before; ///< what had the name; empty: nothing, or it could not be kept
        bool isNew = false;
        fs::path made; ///< what was put there, where it was before
    };
    /// The file under another name too; empty where that cannot be.
    fs::path kept(const fs::path& target) const {
        auto before = m_old / target.filename();
        std::error_code problem;
        fs::create_hard_link(target, before, problem);
        if (problem) { // a file system without such links
            problem.clear();
            fs::copy_file(target, before, problem);
        }
        return problem ? fs::path() : before;
    }

    fs::path m_old;
    std::vector<Move> m_moves;
    bool m_isDone = false;
};

} // namespace

void commit(const fs::path& staging, const fs::path& folder, const std::vector<std::string>& made,
            const std::vector<std::string>& leaving, const Claim& claim) {
    if (made.size() == 1 && leaving.empty()) {
        giveName(staging / made.front(), folder / made.front(), claim);
        return;
    }
    std::error_code problem;
    fs::create_directory(staging / oldName, problem);
    if (made.size() > 1) {
        writePlan(staging, folder, made);
    }
    Moves moves(staging / oldName);
    for (const auto& name : leaving) {
        moves.remove(folder / name);
    }
    for (const auto& name : made) {
        moves.put(staging / name, folder / name, claim);
    }
    moves.done();
}

void finishCommit(const fs::path& staging, const fs::path& folder) noexcept try {
    std::ifstream stream(staging / planName, std::ios::binary);
    std::string name;
    std::string state;
    while (std::getline(stream, name, '\0') && std::getline(stream, state, '\0')) {
        std::error_code problem;
        const bool isName = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
        const auto type = fs::symlink_status(staging / name, problem).type();
        if (isName && (type == fs::file_type::regular || type == fs::file_type::directory) &&
            stateOf(folder / name) == state) {
            fs::rename(staging / name, folder / name, problem);
        }
    }
} catch (...) { // what cannot be put in place goes as any other leftover does
}

} // namespace nunatak
