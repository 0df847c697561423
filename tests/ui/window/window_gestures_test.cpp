// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings of hands on the view (tests/data/gestures), replayed in a real window.
#include "gesture_replayer.h"

#include <QDir>

using namespace nunatak;
using namespace nunatak::tests;

class WindowGesturesTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void theViewFollowsTheHand_data() {
        QTest::addColumn<QString>("recording");
        const QDir folder(QStringLiteral(NUNATAK_TEST_DATA "/gestures"));
        const auto names = folder.entryList({"*.txt"}, QDir::Files, QDir::Name);
        QVERIFY(!names.isEmpty());
        for (const auto& name : names) {
            QTest::newRow(qPrintable(QFileInfo(name).baseName())) << folder.filePath(name);
        }
    }
    void theViewFollowsTheHand() {
        QFETCH(QString, recording);
        const auto window =
            m_fixture.openWindow(m_fixture.makeProject(QByteArray(QTest::currentDataTag()).append(".gpkg")));
        QVERIFY(window);
        // Recordings know a view of 800 by 600 pixels.
        window->resize(window->size() + QSize(800, 600) - window->viewport()->size());
        QTRY_COMPARE(window->viewport()->size(), QSize(800, 600));
        const auto failed = GestureReplayer(*window).play(recording);
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowGesturesTest)
#include "window_gestures_test.moc"
