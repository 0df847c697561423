// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_test.h"

#include <QtTest>

namespace {

/// Gives plain tests to QtTest, each as a row of one data-driven test.
class PlainTests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void test_data() {
        QTest::addColumn<int>("index");
        const auto tests = nunatak::tests::plainTests();
        for (std::size_t i = 0; i < tests.size(); ++i) {
            QTest::newRow(tests[i].name) << static_cast<int>(i);
        }
    }

    void test() {
        QFETCH(int, index);
        try {
            nunatak::tests::plainTests().at(static_cast<std::size_t>(index)).run();
        } catch (const nunatak::tests::Skipped& reason) {
            QSKIP(reason.what());
        } catch (const std::exception& error) {
            QFAIL(error.what());
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(PlainTests)

#include "plain_main_qt.moc"
