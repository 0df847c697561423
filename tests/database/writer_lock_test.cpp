// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/writer_lock.h"
#include "store_fixture.h"

#include <csignal>
#include <optional>

using namespace nunatak;
using namespace nunatak::tests;
using database::WriterLock;

class WriterLockTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path project() const {
        return std::filesystem::path(m_folder.path().toStdString()) / "alps.gpkg";
    }

private Q_SLOTS:
    void cleanup() { QVERIFY(filesIn(m_folder.path().toStdString()).empty()); }

    void aSecondHolderIsRefusedWithTheProcessThatHolds() {
        const WriterLock first(project());
        const std::string message = messageOf([&] { const WriterLock second(project()); });
        QVERIFY(message.find("already open") != std::string::npos);
        QVERIFY(message.find(std::to_string(::getpid())) != std::string::npos);
    }

    void itIsFreeAgainWhenGivenBack() {
        { const WriterLock first(project()); }
        const WriterLock second(project());
    }

    void itEndsWithAHolderThatIsKilled() {
        int ends[2] = {};
        QCOMPARE(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const WriterLock held(project());
            (void)!::write(ends[1], "x", 1);
            ::pause();
        }
        char ready = 0;
        QCOMPARE(::read(ends[0], &ready, 1), ssize_t{1});
        QVERIFY(!messageOf([&] { const WriterLock second(project()); }).empty());
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const WriterLock second(project());
    }

    void aFolderThatCannotBeWrittenIsNamed() {
        const auto folder = std::filesystem::path(m_folder.path().toStdString()) / "missing";
        const std::string message = messageOf([&] { const WriterLock lock(folder / "alps.gpkg"); });
        QVERIFY(message.find("alps.gpkg") != std::string::npos);
    }

    void ofManyProcessesThatTryAtOnceOneHoldsIt() {
        // Each takes the lock, writes into a file as long as it holds it, and gives it back; two at a time
        // would see each other's file.
        const auto witness = std::filesystem::path(m_folder.path().toStdString()) / "witness";
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i) {
            const pid_t child = ::fork();
            if (child == 0) {
                for (int turn = 0; turn < 200;) {
                    try {
                        const WriterLock lock(project());
                        if (::mkdir(witness.c_str(), 0700) != 0) {
                            ::_exit(1);
                        }
                        ::rmdir(witness.c_str());
                        ++turn;
                    } catch (const Error&) {
                        ::usleep(50);
                    }
                }
                ::_exit(0);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            QCOMPARE(status, 0);
        }
    }
};

QTEST_GUILESS_MAIN(WriterLockTest)
#include "writer_lock_test.moc"
