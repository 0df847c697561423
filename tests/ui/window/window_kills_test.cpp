// SPDX-License-Identifier: GPL-3.0-or-later
// The window is killed at random moments while a hand drags a vertex as fast as it can: what the window said
// was saved is in the project each time.
//
// NUNATAK_WINDOW_KILLS says how often.
#include "window_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QListWidget>

#include <array>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr const char* dragUntilKilled = "drag-until-killed";

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What the process with the window says of itself.
struct Said {
    int released = 0; ///< edits whose button was let go
    int saved = 0;    ///< of which so many are saved by what the window says
    double at = 0;    ///< when the last button was let go
};

bool say(const Said& said) {
    return ::write(STDOUT_FILENO, &said, sizeof said) == sizeof said;
}

/// The process with the window; `file` is the project.
int runUntilKilled(int& argc, char** argv, const std::string& file, unsigned seed) {
    ui::viewport::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    ui::window::applyAppearance(application);
    const WindowFixture fixture;
    const auto window = fixture.openWindow(file);
    if (window == nullptr) {
        return 2;
    }
    clickAt(*window, fixture.big());
    auto* view = window->viewport();
    auto* history = part<QListWidget>(window.get(), "history");
    auto* saving = part<QLabel>(window.get(), "saving");
    std::minstd_rand chance(seed);
    Said said;
    if (!say(said)) {
        return 3;
    }
    const int before = history->count();
    double moved = 0;
    while (true) {
        const double to = moved == 0 ? 100 + static_cast<double>(chance() % 200) : 0;
        const QPoint from = placeOf(*window, fixture.eastVertex(moved)),
                     end = placeOf(*window, fixture.eastVertex(to));
        QTest::mouseMove(view, from);
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i) {
            moveHeld(*view, QPointF(from) + QPointF(end - from) * i / 4);
        }
        said.at = seconds();
        QTest::mouseRelease(view, Qt::LeftButton, {}, end);
        moved = to;
        said.released = history->count() - before;
        if (!say(said)) {
            return 3;
        }
        QTest::qWait(static_cast<int>(chance() % 60));
        if (saving->text() == QLatin1String("All changes saved")) {
            said.saved = said.released;
            if (!say(said)) {
                return 3;
            }
        }
    }
}

/// This program again, with a window of its own.
class Window {
public:
    Window(const std::string& file, unsigned seed) {
        std::vector<std::string> words{QCoreApplication::applicationFilePath().toStdString(), dragUntilKilled,
                                       file, std::to_string(seed)};
        std::vector<char*> arguments;
        for (auto& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return;
        }
        m_said = ends[0];
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        if (::posix_spawn(&m_process, words[0].c_str(), &actions, nullptr, arguments.data(), environ) != 0) {
            m_process = 0;
        }
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }
    ~Window() {
        kill();
        ::close(m_said);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool waitUntilItEdits() const {
        pollfd waiting{m_said, POLLIN, 0};
        return m_process != 0 && ::poll(&waiting, 1, 120'000) == 1 && (waiting.revents & POLLIN) != 0;
    }
    void kill() {
        if (m_process != 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
            m_process = 0;
        }
    }
    /// All that it said, of a window that was killed.
    std::vector<Said> said() const {
        std::vector<Said> all;
        for (Said next; ::read(m_said, &next, sizeof next) == sizeof next;) {
            all.push_back(next);
        }
        return all;
    }

private:
    pid_t m_process = 0;
    int m_said = -1;
};

} // namespace

class WindowKillsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTheWindowSaidWasSavedIsThereAfterEachKill() {
        const int asked = qEnvironmentVariableIntValue("NUNATAK_WINDOW_KILLS");
        const int kills = asked > 0 ? asked : 10;
        const WindowFixture fixture;
        qputenv("TMPDIR", fixture.qpath("").toUtf8()); // what a killed window leaves goes with it
        std::minstd_rand chance(20261130);
        int drags = 0, saved = 0, late = 0, lost = 0;
        for (int kill = 0; kill < kills; ++kill) {
            const auto file = fixture.makeInventory(qPrintable(QString("killed %1.gpkg").arg(kill)));
            const auto before = project::Project::open(file, project::Access::ReadOnly)->history().size();
            Window window(file, chance());
            QVERIFY(window.waitUntilItEdits());
            std::this_thread::sleep_for(std::chrono::milliseconds(300 + chance() % 2500));
            const double end = seconds();
            window.kill();
            const auto said = window.said();
            QVERIFY(!said.empty());

            QCOMPARE(SQLite::Database(file, SQLite::OPEN_READWRITE)
                         .execAndGet("PRAGMA integrity_check")
                         .getString(),
                     std::string("ok"));
            const auto project = project::Project::open(file);
            const auto there = static_cast<int>(project->history().size() - before);
            QVERIFY2(there >= said.back().saved,
                     qPrintable(QString("%1 of %2 are there").arg(there).arg(said.back().saved)));
            QVERIFY(there <= said.back().released + 1);
            for (const Said& one : said) { // a tenth of a second after the button was let go it is safe
                if (end - one.at > 0.1 && one.released > 0) {
                    ++late;
                    lost += one.released > there ? 1 : 0;
                }
            }
            drags += said.back().released;
            saved += said.back().saved;
            QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
        }
        qInfo("%d kills, %d drags, %d of them said to be saved; of what was let go more than 0.1 s before, "
              "%d of %d lost",
              kills, drags, saved, lost, late);
        QVERIFY(drags > 2 * kills);
        QVERIFY(saved > kills);
        QCOMPARE(lost, 0);
    }
};

int main(int argc, char** argv) {
    if (argc == 4 && std::string(argv[1]) == dragUntilKilled) {
        return runUntilKilled(argc, argv, argv[2], static_cast<unsigned>(std::stoul(argv[3])));
    }
    const QCoreApplication application(argc, argv);
    WindowKillsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "window_kills_test.moc"
