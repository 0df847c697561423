// SPDX-License-Identifier: GPL-3.0-or-later
// A large scene without overviews in a real window: they are made beside the project while one works.
#include "window_fixture.h"

#include "core/raster/raster_fixtures.h"
#include "ui/session/session.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QStatusBar>
#include <QToolButton>

#include <sys/stat.h>

using namespace nunatak;
using namespace nunatak::ui;
using nunatak::ui::session::Session;
using nunatak::ui::window::MainWindow;
using namespace nunatak::tests;

namespace {

constexpr int side = 4600; // of a few seconds' work

/// Names and bytes of all files of a folder.
QByteArray contentsOf(const QString& folder) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& name : QDir(folder).entryList(QDir::Files, QDir::Name)) {
        QFile file(folder + QLatin1Char('/') + name);
        hash.addData(name.toUtf8());
        if (file.open(QIODevice::ReadOnly)) {
            hash.addData(&file);
        }
    }
    return hash.result();
}

} // namespace

class WindowOverviewsTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    QString scenes() const { return m_fixture.qpath("scenes"); }
    QStringList made(const char* project) const {
        return QDir(m_fixture.qpath(project) + QStringLiteral(".files/overviews"))
            .entryList(QDir::Files, QDir::Name);
    }
    void writeScene(int added) const {
        QDir().mkpath(scenes());
        writeTiff((scenes() + "/optical.tif").toStdString(),
                  {.columns = side,
                   .rows = side,
                   .bands = 4,
                   .type = GDT_UInt16,
                   .crs = "EPSG:32645",
                   .transform = {WindowFixture::left, 10, 0, WindowFixture::top, 0, -10},
                   .value = [added](int b, int c, int r) {
                       // Fields, and noise that takes its time to compress.
                       const auto noise =
                           (unsigned(c) * 2654435761U ^ unsigned(r) * 2246822519U ^ unsigned(b)) >> 8;
                       return added + 300 * b + (c / 400 + r / 400) % 2 * 3000 + int(noise % 900);
                   }});
    }
    std::string makeProject(const char* name) const {
        const auto file = m_fixture.path(name) + ".gpkg";
        auto project = project::Project::create(file, m_fixture.grid().crs);
        project->addScene(scene::sceneFromRasters(
            {{"optical", (scenes() + "/optical.tif:blue,green,red,nir").toStdString()}}, "large",
            "2020-08-20", ""));
        project->close();
        return file;
    }
    /// A window on it, with the scene drawn.
    std::unique_ptr<MainWindow> drawn(const std::string& project) const {
        auto window = m_fixture.newWindow();
        if (window != nullptr) {
            window->openProject(project);
            if (!QTest::qWaitFor([&] { return window->viewport()->terrain() != nullptr; }, 60000)) {
                return nullptr;
            }
        }
        return window;
    }
    static QString jobTitle(MainWindow& window) {
        const auto* title = part<QLabel>(&window, "jobTitle");
        return title->isVisible() ? title->text() : QString();
    }

private Q_SLOTS:
    void initTestCase() { writeScene(0); }

    void theyAreMadeBesideTheProjectWithProgressAndTheUsersFolderStaysAsItIs() {
        const auto before = contentsOf(scenes());
        const auto file = makeProject("made");
        const auto window = drawn(file);
        QVERIFY(window);
        QTRY_VERIFY2_WITH_TIMEOUT(jobTitle(*window).contains("overviews of large"),
                                  qPrintable(jobTitle(*window)), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle(), 60000);
        QCOMPARE(made("made").size(), 2);
        QVERIFY2(window->statusBar()->currentMessage().contains("overviews"),
                 qPrintable(window->statusBar()->currentMessage()));
        QVERIFY(contentsOf(scenes()) == before);
        // The view goes on with them.
        window->viewport()->frame(window->viewport()->terrain()->heightGrid.extent(), false);
        QTRY_VERIFY_WITH_TIMEOUT(window->viewport()->isSharp(), 30000);
        picture(*window, "overviews-made");
        const auto camera = window->viewport()->camera();
        const auto shown = window->viewport()->groundPicture(camera, {800, 600});
        QVERIFY(closed(*window));
        QCOMPARE(QDir(m_fixture.qpath("")).entryList({"made*"}), QStringList({"made.files", "made.gpkg"}));

        // The next time nothing is made, and the picture is the same.
        const auto names = made("made");
        const auto again = drawn(file);
        QVERIFY(again);
        QTRY_VERIFY_WITH_TIMEOUT(again->isIdle(), 20000);
        QCOMPARE(made("made"), names);
        again->viewport()->frame(again->viewport()->terrain()->heightGrid.extent(), false);
        QTRY_VERIFY_WITH_TIMEOUT(again->viewport()->isSharp(), 30000);
        const auto seen = again->viewport()->groundPicture(camera, {800, 600});
        QCOMPARE(seen.size(), shown.size());
        int apart = 0;
        for (int y = 0; y < seen.height(); y += 3) {
            for (int x = 0; x < seen.width(); x += 3) {
                apart += std::abs(qGray(seen.pixel(x, y)) - qGray(shown.pixel(x, y))) > 12 ? 1 : 0;
            }
        }
        if (const QString folder = qEnvironmentVariable("NUNATAK_PICTURES"); !folder.isEmpty()) {
            shown.save(folder + "/overviews-first.png");
            seen.save(folder + "/overviews-again.png");
        }
        QVERIFY2(apart * 100 < seen.width() * seen.height() / 9, qPrintable(QString::number(apart)));
    }

    void whatIsComputedStillReadsTheRasterItself() {
        const auto file = makeProject("computed");
        const Session session(project::Project::open(file));
        const auto& scene = session.scene()->scene();
        session.overviews()->make(scene, session.readers(), {});
        QCOMPARE(made("computed").size(), 2);
        const auto coarse = scene.grid.atPixelSize(scene.grid.pixelSize * 3); // a model's pixels
        const std::vector<std::string> bands{"red", "nir"};
        const auto plain =
            scene::SceneReader(scene, std::make_shared<raster::ReaderPool>()).read("optical", bands, coarse);
        // The network, training and comparing have this reader, the view has the other.
        const auto computed = session.scene()->read("optical", bands, coarse);
        const auto seen = session.pictureReader(scene.id)->read("optical", bands, coarse);
        std::size_t apart = 0;
        for (std::size_t i = 0; i < plain.values().size(); ++i) {
            QVERIFY(same(computed.values()[i], plain.values()[i]));
            apart += same(seen.values()[i], plain.values()[i]) ? 0 : 1;
        }
        QVERIFY(apart > plain.values().size() / 2); // averages of averages, rounded
        session.project().close();
    }

    void cancellingLeavesNothingAndTheViewWorks() {
        const auto window = drawn(makeProject("cancelled"));
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(jobTitle(*window).contains("overviews of large"), 20000);
        part<QToolButton>(window.get(), "cancelJob")->click();
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle(), 20000);
        QCOMPARE(made("cancelled"), QStringList());
        QTRY_VERIFY_WITH_TIMEOUT(window->viewport()->isSharp(), 30000);
    }

    void closingWhileTheyAreMadeAsksNothing() {
        const auto window = drawn(makeProject("closed"));
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(jobTitle(*window).contains("overviews of large"), 20000);
        QVERIFY(closed(*window));
        QVERIFY(openDialog() == nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(made("closed"), QStringList(), 10000); // what was begun goes
    }

    void closingWhileTheSceneIsDrawnAsksNothing() {
        const auto file = makeProject("drawing");
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(jobTitle(*window).contains("Draw the scene"), 20000);
        QVERIFY(closed(*window));
        QVERIFY(openDialog() == nullptr);
    }

    void anotherJobComesFirstInTheStatusBar() {
        const auto window = drawn(makeProject("another"));
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(jobTitle(*window).contains("overviews of large"), 20000);
        // What the user starts runs at once, and is what the button stops.
        QTRY_VERIFY_WITH_TIMEOUT(window->action("predict")->isEnabled(), 10000);
        window->action("predict")->trigger();
        QTRY_VERIFY2_WITH_TIMEOUT(jobTitle(*window).contains("Predict") || openDialog() != nullptr,
                                  qPrintable(jobTitle(*window)), 10000);
        QVERIFY(openDialog() == nullptr);
        part<QToolButton>(window.get(), "cancelJob")->click();
        QTRY_VERIFY_WITH_TIMEOUT(jobTitle(*window).contains("overviews of large") || window->isIdle(), 10000);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle(), 60000);
        QCOMPARE(made("another").size(), 2);
    }

    void aRasterThatChangedGetsNewOnes() {
        const auto file = makeProject("stale");
        {
            const auto window = drawn(file);
            QVERIFY(window);
            QTRY_VERIFY_WITH_TIMEOUT(!made("stale").isEmpty() && window->isIdle(), 60000);
            QVERIFY(closed(*window));
        }
        const auto old = made("stale");
        QCOMPARE(old.size(), 2);
        writeScene(1000);
        const auto window = drawn(file);
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && made("stale") != old, 60000);
        QCOMPARE(made("stale").size(), 2);
    }

    void whereTheyCannotBeWrittenOneSentenceSaysSoAndTheViewWorks() {
        const auto file = makeProject("refused");
        QFile inTheWay(m_fixture.qpath("refused.files"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();
        const auto window = drawn(file);
        QVERIFY(window);
        QTRY_VERIFY2_WITH_TIMEOUT(window->statusBar()->currentMessage().contains("overviews"),
                                  qPrintable(window->statusBar()->currentMessage()), 30000);
        QVERIFY(openDialog() == nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(window->viewport()->isSharp(), 30000);
    }

    void aReadOnlyProjectGetsNone() {
        const auto file = makeProject("only");
        const auto holder = project::Project::open(file); // another program has it
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog() != nullptr, 20000);
        auto* box = qobject_cast<QMessageBox*>(openDialog());
        QVERIFY(box);
        for (auto* button : box->buttons()) {
            if (button->text().contains("Open read-only")) {
                button->click();
                break;
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(window->viewport()->terrain() != nullptr && window->isIdle(), 60000);
        QVERIFY(!QDir(m_fixture.qpath("only.files/overviews")).exists());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowOverviewsTest)
#include "window_overviews_test.moc"
