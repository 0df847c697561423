// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of bad input in the desktop: one dialog that says what is wrong with which file, and nothing
// lost.
#include "window_fixture.h"

#include "support/full_disk.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStatusBar>

#include <cstdio>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr const char* holdProject = "hold-project";

/// This program again: opens a project for writing and holds it until its input ends.
int runUntilInputEnds(const std::filesystem::path& file) {
    const auto project = project::Project::open(file);
    std::puts("held");
    std::fflush(stdout);
    return std::getchar() == EOF ? 0 : 1;
}

void writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return -1;
}

/// Waits for the dialog of this name and gives its text; empty when none comes.
QString told(const QString& name = "problem") {
    if (!QTest::qWaitFor([&] { return openDialog(name) != nullptr; }, 15000)) {
        return {};
    }
    const auto* box = qobject_cast<QMessageBox*>(openDialog(name));
    qInfo("%s", qPrintable(box->text()));
    return box->text();
}

bool press(const QString& buttonText) {
    for (auto* button : openDialog()->findChildren<QPushButton*>()) {
        if (button->text().remove('&') == buttonText) {
            QTest::mouseClick(button, Qt::LeftButton);
            return QTest::qWaitFor([] { return openDialog() == nullptr; });
        }
    }
    return false;
}

/// A key press in the window. Without a window manager nothing gives the focus back to it when a dialog goes.
void key(ui::window::MainWindow& window, Qt::Key pressed, Qt::KeyboardModifiers modifiers = {}) {
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, pressed, modifiers);
}

/// True when the text is one or two whole sentences that have all of `words`.
bool says(const QString& text, const QStringList& words) {
    const bool hasAll =
        std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word); });
    return hasAll && (text.endsWith('.') || text.endsWith('?')) && text.size() < 500;
}

void type(QWidget* dialog, const char* field, const QString& text) {
    auto* line = dialog->findChild<QWidget*>(QString::fromUtf8(field))->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

/// Makes a new project as a user does: the dialog, two paths, OK.
void askForNewProject(ui::window::MainWindow& window, const QString& scene, const QString& project) {
    key(window, Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(openDialog());
    auto* dialog = openDialog();
    type(dialog, "sceneFile", scene);
    type(dialog, "projectFile", project);
    QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
}

/// Why the project was not made, in the dialog that has come back with all that was typed.
QString toldInTheDialog() {
    const auto reason = [] {
        auto* label =
            openDialog() == nullptr ? nullptr : openDialog()->findChild<QLabel*>("newProjectProblem");
        return label == nullptr ? QString() : label->text();
    };
    return QTest::qWaitFor([&] { return !reason().isEmpty(); }, 20000) ? reason() : QString();
}

/// As far as the dialog for the file.
void askForPictureFile(ui::window::MainWindow& window) {
    window.action("savePicture")->trigger();
    QTRY_VERIFY(openDialog());
    QTest::mouseClick(openDialog()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save),
                      Qt::LeftButton);
    QTRY_VERIFY(qobject_cast<QFileDialog*>(openDialog()));
}

void savePicture(ui::window::MainWindow& window, const QString& path) {
    askForPictureFile(window);
    auto* name = openDialog()->findChild<QLineEdit*>("fileNameEdit");
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
}

} // namespace

class WindowBadInputTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// Drags the east vertex of the big glacier outwards.
    void moveVertex(ui::window::MainWindow& window, double metres = 240) {
        clickAt(window, m_fixture.big());
        const geo::Point vertex{m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel,
                                m_fixture.big().y};
        dragVertex(window, vertex, metres);
    }

private Q_SLOTS:
    void aSceneFileThatIsCutOffIsNamedAndNoProjectIsLeft() {
        const auto whole = contentOf(m_fixture.qpath("scene.json"));
        writeFile(m_fixture.qpath("cut.json"), whole.left(whole.size() / 2));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        askForNewProject(*window, m_fixture.qpath("cut.json"), m_fixture.qpath("cut.gpkg"));
        const auto sentence = toldInTheDialog();
        QVERIFY2(says(sentence, {"cut.json", "damaged or cut off"}), qPrintable(sentence));
        QVERIFY(press("Cancel"));
        QVERIFY(!QFile::exists(m_fixture.qpath("cut.gpkg")));
        QVERIFY(part<QWidget>(window.get(), "welcomeOpen")->isVisible());
        // The next try, with the whole file, is not in the way of anything.
        askForNewProject(*window, m_fixture.qpath("scene.json"), m_fixture.qpath("cut.gpkg"));
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
    }

    void aSceneFileWhoseRasterIsMissingNamesTheRaster() {
        auto scene = contentOf(m_fixture.qpath("scene.json"));
        writeFile(m_fixture.qpath("missing.json"), scene.replace("elevation.tif", "moved.tif"));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        askForNewProject(*window, m_fixture.qpath("missing.json"), m_fixture.qpath("missing.gpkg"));
        const auto sentence = toldInTheDialog();
        QVERIFY2(says(sentence, {"moved.tif", "does not exist", "check the path"}), qPrintable(sentence));
        QVERIFY(press("Cancel"));
        QVERIFY(!QFile::exists(m_fixture.qpath("missing.gpkg")));
    }

    void aNewProjectNeverReplacesAFileThatIsThere() {
        writeFile(m_fixture.qpath("taken.gpkg"), "the only copy of something");
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        askForNewProject(*window, m_fixture.qpath("scene.json"), m_fixture.qpath("taken.gpkg"));
        const auto sentence = toldInTheDialog();
        QVERIFY2(says(sentence, {"taken.gpkg", "exists"}), qPrintable(sentence));
        QVERIFY(press("Cancel"));
        QCOMPARE(contentOf(m_fixture.qpath("taken.gpkg")), QByteArray("the only copy of something"));
    }

    void aProjectThatAnotherProcessHoldsNamesItAndOpensNothingUnasked() {
        const auto file = m_fixture.makeProject("held.gpkg");
        QProcess holder;
        holder.start(QCoreApplication::applicationFilePath(), {holdProject, QString::fromStdString(file)});
        QVERIFY(holder.waitForReadyRead(20000));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        QSignalSpy failed(window.get(), &ui::window::MainWindow::openingFailed);
        window->openProject(file);
        const auto sentence = told("question");
        QVERIFY2(says(sentence, {"held.gpkg", QString::number(holder.processId()), "Close it there"}),
                 qPrintable(sentence));
        QVERIFY(press("Do not open"));
        QCOMPARE(failed.count(), 1);
        QVERIFY(part<QWidget>(window.get(), "welcomeOpen")->isVisible());
        holder.closeWriteChannel();
        QVERIFY(holder.waitForFinished(20000));
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        QCOMPARE(part<QLabel>(window.get(), "saving")->text(), "All changes saved");
    }

    void aWriteProtectedProjectIsLookedAtAndNothingOfItChanges() {
        const auto file = m_fixture.makeProject("protected.gpkg");
        const auto path = QString::fromStdString(file);
        const auto before = contentOf(path);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadGroup));
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        auto sentence = told("question");
        QVERIFY2(says(sentence, {"protected.gpkg", "write-protected", "Make it writable"}),
                 qPrintable(sentence));
        QVERIFY(press("Open read-only"));
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        window->viewport()->setView(ui::viewport::Viewport::View::Nadir);
        window->viewport()->frame(m_fixture.grid().extent(), false);
        window->viewport()->grabFramebuffer();

        moveVertex(*window);
        QCOMPARE(glaciersIn(*window, "inventory"), -1);
        QVERIFY(window->statusBar()->currentMessage().contains("open read-only"));
        // What would be stored is refused before the work.
        key(*window, Qt::Key_F5);
        sentence = told();
        QVERIFY2(says(sentence, {"protected.gpkg", "open read-only", "write-protected"}),
                 qPrintable(sentence));
        QVERIFY(press("OK"));
        QVERIFY(window->isIdle());
        key(*window, Qt::Key_I, Qt::ControlModifier);
        QVERIFY(says(told(), {"protected.gpkg", "open read-only"}));
        QVERIFY(press("OK"));
        QVERIFY(closed(*window));
        QCOMPARE(contentOf(path), before);
    }

    void damagedWeightsAreToldAndTheProjectStaysAsItIs() {
        const auto file = m_fixture.makeProject("weights.gpkg");
        const auto weights = m_fixture.qpath("models/bright/weights.safetensors");
        const auto whole = contentOf(weights);
        writeFile(weights, whole.left(whole.size() / 2));
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        key(*window, Qt::Key_F5);
        const auto sentence = told();
        writeFile(weights, whole);
        QVERIFY2(says(sentence, {"bright/weights.safetensors", "truncated"}), qPrintable(sentence));
        QVERIFY(press("OK"));
        QCOMPARE(glaciersIn(*window, "predicted"), -1);
        // With the whole file the same press of the key predicts.
        QTRY_VERIFY(window->action("predict")->isEnabled());
        key(*window, Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(glaciersIn(*window, "predicted"), 2, 20000);
    }

    void aFullDiskIsToldOnceAndTheEditIsSavedWhenThereIsRoom() {
        const auto file = m_fixture.makeProject("full.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* saving = part<QLabel>(window.get(), "saving");
        moveVertex(*window);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QTRY_VERIFY(std::filesystem::exists(file + "-wal"));
        QTRY_COMPARE(saving->text(), "All changes saved");
        {
            const FullDisk full(std::filesystem::file_size(file + "-wal") + 100);
            key(*window, Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(!window->actions().undo->text().contains("vertex"));
            const auto sentence = told();
            QVERIFY2(says(sentence, {"full.gpkg", "full", "Your edits are kept"}), qPrintable(sentence));
            QVERIFY(press("OK"));
            QVERIFY(saving->text().startsWith("Not saved yet"));
            QVERIFY(saving->width() < window->width() / 2);
            // Work goes on, and closing does not lose it.
            key(*window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(window->actions().undo->text().contains("vertex"));
            window->close();
            QVERIFY(!told("saving").isEmpty());
            const auto why = qobject_cast<QMessageBox*>(openDialog())->informativeText();
            QVERIFY2(why.contains("full.gpkg") && why.contains("full"), qPrintable(why));
            QVERIFY(press("Keep the project open"));
            QVERIFY(window->isVisible());
        }
        QTRY_COMPARE(saving->text(), "All changes saved");
        QVERIFY(!openDialog());
        QVERIFY(closed(*window));
        QVERIFY(stored(file, "inventory").front()->isChanged);
        QCOMPARE(stored(file, "expert").size(), std::size_t(2));
    }

    void aWindowThatIsClosedSavesWhatWaitsFirst() {
        const auto file = m_fixture.makeProject("waits.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto full = std::make_unique<FullDisk>(1024);
        moveVertex(*window);
        window->close();
        QVERIFY(!told("saving").isEmpty());
        QVERIFY(window->isVisible());
        full.reset();
        // Nobody presses anything: once there is room the window saves and closes by itself.
        QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), 15000);
        QVERIFY(!openDialog());
        QVERIFY(stored(file, "inventory").front()->isChanged);
    }

    void aPictureThatDoesNotFitOnTheDiskSaysSoAndTheOldOneStays() {
        writeFile(m_fixture.qpath("old.png"), "the old picture");
        const auto window = m_fixture.openWindow(m_fixture.makeProject("picture_full.gpkg"));
        QVERIFY(window);
        const FullDisk full(4096);
        askForPictureFile(*window);
        // As if the user had agreed to replace it.
        qobject_cast<QFileDialog*>(openDialog())->setOption(QFileDialog::DontConfirmOverwrite);
        auto* name = openDialog()->findChild<QLineEdit*>("fileNameEdit");
        name->setText(m_fixture.qpath("old.png"));
        QTest::keyClick(name, Qt::Key_Return);
        const auto sentence = told();
        QVERIFY2(says(sentence, {"old.png", "disk is full", "Free some space"}), qPrintable(sentence));
        QVERIFY(press("OK"));
        QCOMPARE(contentOf(m_fixture.qpath("old.png")), QByteArray("the old picture"));
    }

    void aPictureOfNoKnownKindSaysWhichThereAre() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("picture_kind.gpkg"));
        QVERIFY(window);
        savePicture(*window, m_fixture.qpath("view.docx"));
        const auto sentence = told();
        QVERIFY2(says(sentence, {"view.docx", "Choose .png, .jpg, .pdf or .svg"}), qPrintable(sentence));
        QVERIFY(press("OK"));
        QVERIFY(!QFile::exists(m_fixture.qpath("view.docx")));
    }

    void aPredictionWhoseRastersDoNotFitOnTheDiskStoresNothing() {
        const auto file = m_fixture.makeProject("predict_full.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        {
            const FullDisk full(2048);
            key(*window, Qt::Key_F5);
            const auto sentence = told();
            QVERIFY2(says(sentence, {"predict_full.files", "disk full"}), qPrintable(sentence));
            QVERIFY(press("OK"));
        }
        QCOMPARE(glaciersIn(*window, "predicted"), -1);
        const QDir files(m_fixture.qpath("predict_full.files"));
        QCOMPARE(files.entryList(QDir::Files | QDir::Hidden), QStringList());
        QTRY_VERIFY(window->action("predict")->isEnabled());
        key(*window, Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(glaciersIn(*window, "predicted"), 2, 20000);
        // Probability, confidence, quality and classes, and where confidence is low.
        QCOMPARE(files.entryList(QDir::Files | QDir::Hidden).size(), qsizetype(5));
    }

    void aPredictionWhoseFolderCannotBeMadeSaysSo() {
        const auto file = m_fixture.makeProject("predict_nowhere.gpkg");
        writeFile(m_fixture.qpath("predict_nowhere.files"), "a file where the folder should be");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        key(*window, Qt::Key_F5);
        const auto sentence = told();
        QVERIFY2(says(sentence, {"predict_nowhere.files", "cannot be made", "Look at"}),
                 qPrintable(sentence));
        QVERIFY(press("OK"));
        QVERIFY(window->action("predict")->isEnabled());
    }

    void fineTuningIsRefusedBeforeItLearnsWhenTheModelCannotBeKept() {
        writeFile(m_fixture.qpath("nofolder"), "a file where the folder should be");
        auto paths = m_fixture.paths();
        paths.installedModels = m_fixture.path("models");
        paths.userModels = m_fixture.path("nofolder");
        const auto window = m_fixture.openWindow(m_fixture.makeProject("learn_nowhere.gpkg"), paths);
        QVERIFY(window);
        key(*window, Qt::Key_F7);
        auto* start = part<QPushButton>(window.get(), "learningStart");
        QTRY_VERIFY(start->isVisible() && start->isEnabled());
        part<QSpinBox>(window.get(), "learningSteps")->setValue(5000); // nobody waits for these
        QTest::mouseClick(start, Qt::LeftButton);
        const auto sentence = told();
        QVERIFY2(says(sentence, {"nofolder", "cannot be made or written", "Look at its rights"}),
                 qPrintable(sentence));
        QVERIFY(press("OK"));
        QCOMPARE(part<QLabel>(window.get(), "learningResult")->text(), sentence);
        QVERIFY(start->isEnabled());
        QCOMPARE(contentOf(m_fixture.qpath("nofolder")), QByteArray("a file where the folder should be"));
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == holdProject) {
        return runUntilInputEnds(argv[2]);
    }
    ui::viewport::setDefaultSurfaceFormat();
    const QApplication application(argc, argv);
    ui::window::applyAppearance(*qApp);
    WindowBadInputTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "window_bad_input_test.moc"
