// SPDX-License-Identifier: GPL-3.0-or-later
// Predict with options, how sure the model is, and published weights, in the real window.
#include "window_fixture.h"

#include "support/shared_data.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return -1;
}

QDialog* dialogTitled(const QString& title) {
    auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    return dialog != nullptr && dialog->windowTitle() == title ? dialog : nullptr;
}

QPushButton* button(QWidget* dialog, QDialogButtonBox::StandardButton which) {
    return dialog->findChild<QDialogButtonBox*>()->button(which);
}

/// Opens the dialog with its key.
QDialog* askedForOptions(ui::window::MainWindow& window) {
    QTest::keyClick(&window, Qt::Key_F5, Qt::ShiftModifier);
    return QTest::qWaitFor([] { return dialogTitled("Predict") != nullptr; }, 5000) ? dialogTitled("Predict")
                                                                                    : nullptr;
}

bool predictsWith(ui::window::MainWindow& window, QDialog* dialog) {
    QTest::mouseClick(button(dialog, QDialogButtonBox::Ok), Qt::LeftButton);
    return QTest::qWaitFor([&] { return window.isIdle() && glaciersIn(window, "predicted") >= 0; }, 30000);
}

/// Whether an outline is stairs of pixels: edges to the north and to the east alone.
bool isAlongPixels(const outlines::Outline& outline) {
    const auto& ring = outline.geometry.front().outer;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        if (std::abs(ring[i].x - ring[j].x) > 1e-6 && std::abs(ring[i].y - ring[j].y) > 1e-6) {
            return false;
        }
    }
    return true;
}

} // namespace

class PredictDialogTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void whatIsChosenShapesThePrediction() {
        const auto file = m_fixture.makeProject("options.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* dialog = askedForOptions(*window);
        QVERIFY(dialog);
        QCOMPARE(part<QComboBox>(dialog, "predictModel")->currentText(), "bright");
        QVERIFY(part<QLabel>(dialog, "predictNote")->text().contains("not calibrated"));
        QVERIFY(!part<QWidget>(dialog, "predictRegion")->isVisible()); // this model knows no regions
        QVERIFY(!part<QWidget>(dialog, "predictResume")->isVisible()); // nothing was interrupted
        part<QDoubleSpinBox>(dialog, "predictThreshold")->setValue(0.6);
        part<QSpinBox>(dialog, "predictMinimumArea")->setValue(1'000'000); // more than the small glacier has
        part<QCheckBox>(dialog, "predictTta")->setChecked(true);
        QVERIFY(predictsWith(*window, dialog));
        QCOMPARE(glaciersIn(*window, "predicted"), 1);
        // The next time it is as it was left, and one click brings the usual back.
        dialog = askedForOptions(*window);
        QVERIFY(dialog);
        QCOMPARE(part<QDoubleSpinBox>(dialog, "predictThreshold")->value(), 0.6);
        QVERIFY(part<QCheckBox>(dialog, "predictTta")->isChecked());
        QTest::mouseClick(button(dialog, QDialogButtonBox::RestoreDefaults), Qt::LeftButton);
        QCOMPARE(part<QDoubleSpinBox>(dialog, "predictThreshold")->value(), 0.5);
        QVERIFY(!part<QCheckBox>(dialog, "predictTta")->isChecked());
        QVERIFY(predictsWith(*window, dialog));
        QCOMPARE(glaciersIn(*window, "predicted"), 2);
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "predicted").front()->threshold, 0.5);
    }

    void outlinesFollowPixelsOnlyWhereThatIsAskedFor() {
        const auto file = m_fixture.makeProject("raw.gpkg");
        for (const bool raw : {false, true}) {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            auto* dialog = askedForOptions(*window);
            QVERIFY(dialog);
            auto* box = part<QCheckBox>(dialog, "predictRawOutlines");
            QVERIFY(!box->isChecked());
            if (raw) {
                QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
                QVERIFY(box->isChecked());
            }
            QVERIFY(predictsWith(*window, dialog));
            QVERIFY(closed(*window));
            const auto found = stored(file, "predicted");
            QCOMPARE(found.size(), std::size_t{2});
            for (const auto& outline : found) {
                QCOMPARE(isAlongPixels(*outline), raw);
            }
        }
    }

    void onlyTheSurroundingsOfTheSelectedGlacierArePredicted() {
        const auto file = m_fixture.makeProject("around.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* dialog = askedForOptions(*window);
        QVERIFY(dialog);
        auto* area = part<QComboBox>(dialog, "predictArea");
        QCOMPARE(area->count(), 2); // nothing is selected
        dialog->reject();
        clickAt(*window, m_fixture.small());
        dialog = askedForOptions(*window);
        QVERIFY(dialog);
        area = part<QComboBox>(dialog, "predictArea");
        QCOMPARE(area->count(), 3);
        QVERIFY(!part<QWidget>(dialog, "predictBuffer")->isVisible());
        const int before = part<QWidget>(dialog, "predictThreshold")->height();
        area->setCurrentIndex(2);
        QVERIFY(part<QWidget>(dialog, "predictBuffer")->isVisible());
        QTest::qWait(50);
        QCOMPARE(part<QWidget>(dialog, "predictThreshold")->height(), before); // not squeezed
        part<QSpinBox>(dialog, "predictBuffer")->setValue(0);
        QVERIFY(predictsWith(*window, dialog));
        QVERIFY(closed(*window));
        const auto found = stored(file, "predicted");
        const auto holds = [&](geo::Point place) {
            return std::any_of(found.begin(), found.end(),
                               [&](const auto& outline) { return geo::contains(outline->geometry, place); });
        };
        QVERIFY(holds(m_fixture.small()));
        QVERIFY(!holds(m_fixture.big()));
    }

    void onlyWhatTheViewShowsIsPredicted() {
        const auto file = m_fixture.makeProject("visible.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        const auto middle = m_fixture.small();
        window->viewport()->frame({middle.x - 200, middle.y - 200, middle.x + 200, middle.y + 200}, false);
        window->viewport()->grabFramebuffer();
        auto* dialog = askedForOptions(*window);
        QVERIFY(dialog);
        part<QComboBox>(dialog, "predictArea")->setCurrentIndex(1);
        QVERIFY(predictsWith(*window, dialog));
        QVERIFY(closed(*window));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        const auto computed = project->computedRegion("predicted");
        QVERIFY(geo::contains(computed, middle));
        QVERIFY(!geo::contains(computed, m_fixture.grid().toMap(20, 110)));
    }

    void howSureTheModelIsIsShown() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("sure.gpkg"));
        QVERIFY(window);
        auto* low = window->action("lowConfidence");
        low->trigger();
        QTRY_VERIFY(qobject_cast<QMessageBox*>(openDialog()) != nullptr); // there is none yet
        openDialog()->close();
        QVERIFY(!low->isChecked());
        QTest::keyClick(window.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && glaciersIn(*window, "predicted") == 2, 30000);
        // The expert's outlines lie on top; the copy below is what was predicted.
        auto* inspector = window->findChild<ui::layers::InspectorPanel*>();
        for (const auto& row : window->findChild<ui::layers::LayerPanel*>()->layers()) {
            if (row.name == "expert") {
                Q_EMIT window->findChild<ui::layers::LayerPanel*>()->visibilityChanged("expert", false);
            }
        }
        clickAt(*window, m_fixture.small());
        QTRY_VERIFY(!inspector->value("Confidence").isEmpty());
        QVERIFY2(inspector->value("Confidence").contains("not calibrated"),
                 qPrintable(inspector->value("Confidence")));
        const auto before = window->viewport()->grabFramebuffer();
        low->trigger();
        QVERIFY(low->isChecked());
        QTRY_VERIFY(window->isIdle());
        QTRY_VERIFY(window->viewport()->grabFramebuffer() != before);
        low->trigger();
        QVERIFY(!low->isChecked());
        QTRY_VERIFY(window->viewport()->grabFramebuffer() == before);
    }

    void publishedWeightsBecomeTheModelThatPredictUses() {
        NUNATAK_NEEDS_SHARED("golden/tiny_weights.h5");
        const auto weights = sharedFile("golden/tiny_weights.h5");
        auto paths = m_fixture.paths();
        paths.hdf5Reader =
            std::filesystem::path(NUNATAK_BUILD_DIRECTORY) / "lib" / "nunatak" / "nunatak-hdf5-reader";
        const auto window = m_fixture.openWindow(m_fixture.makeProject("weights.gpkg"), paths);
        QVERIFY(window);
        window->action("importModel")->trigger();
        QTRY_VERIFY(dialogTitled("Import model weights"));
        auto* dialog = dialogTitled("Import model weights");
        QVERIFY(!button(dialog, QDialogButtonBox::Ok)->isEnabled());
        part<QWidget>(dialog, "weightsFile")
            ->findChild<QLineEdit*>()
            ->setText(QString::fromStdString(weights.string()));
        QCOMPARE(part<QLineEdit>(dialog, "weightsName")->text(), "tiny");
        QTest::mouseClick(button(dialog, QDialogButtonBox::Ok), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(part<QComboBox>(window.get(), "model")->currentText(), "tiny", 30000);
    }
};

NUNATAK_WINDOW_TEST_MAIN(PredictDialogTest)
#include "predict_dialog_test.moc"
