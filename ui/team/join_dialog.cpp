// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/join_dialog.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/team/conflict_list.h"
#include "ui/team/conflict_picture.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::team {

using project::Join;
using project::Prefer;

namespace {

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

/// What comes without a question.
QString summaryOf(const Join& join, bool hasNews) {
    QStringList lines;
    if (!hasNews) {
        lines << QObject::tr("There is nothing new to join.");
    } else {
        lines << QObject::tr("What comes: %1.").arg(text(join.counts()));
    }
    if (join.both > 0) {
        lines.back() +=
            QLatin1Char(' ') + QObject::tr("%1 of them you both changed, each something else; both is kept.")
                                   .arg(number(static_cast<std::size_t>(join.both)));
    }
    if (!join.findings.empty()) {
        lines << QObject::tr("Overlaps and gaps where glaciers of different people meet: %1. They can be "
                             "listed and mended afterwards (Glaciers \u203a Check outlines).")
                     .arg(number(join.findings.size()));
    }
    constexpr std::size_t mostNotes = 6;
    for (std::size_t i = 0; i < std::min(mostNotes, join.notes.size()); ++i) {
        lines << text(join.notes[i]);
    }
    if (join.notes.size() > mostNotes) {
        lines << QObject::tr("And %1 more notes of the kind.").arg(number(join.notes.size() - mostNotes));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

JoinDialog::JoinDialog(const QString& project, const QStringList& files, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("joinDialog"));
    setWindowTitle(tr("Join others' work"));
    auto* about = owned<QLabel>(
        tr("What others did to their part or copy of %1 comes into it, glacier by glacier. What one of you "
           "changed is taken; where two changed the same you decide. It is one step, which undo takes back.")
            .arg(project));
    about->setWordWrap(true);
    m_summary = owned<QLabel>();
    m_summary->setObjectName(QStringLiteral("joinSummary"));
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    m_do = buttons->addButton(tr("Join"), QDialogButtonBox::ActionRole);
    m_do->setObjectName(QStringLiteral("joinDo"));
    m_do->setDefault(true);

    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(about);
    layout->addWidget(makeFiles(files));
    layout->addWidget(makeProgress());
    layout->addWidget(m_summary);
    layout->addWidget(makeConflicts(), 1);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(760, 320);

    connect(m_do, &QPushButton::clicked, this, &JoinDialog::joinRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_deciding->hide();
    showLooking();
}

QWidget* JoinDialog::makeFiles(const QStringList& files) {
    m_files = owned<QListWidget>();
    m_files->setObjectName(QStringLiteral("joinFiles"));
    m_files->setSelectionMode(QAbstractItemView::ExtendedSelection);
    constexpr int shown = 4;
    m_files->setFixedHeight(shown * fontMetrics().height() + 16);
    auto* add = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-add")), tr("Add…"));
    add->setObjectName(QStringLiteral("joinAdd"));
    add->setAutoDefault(false);
    m_remove = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("list-remove")), tr("Leave out"));
    m_remove->setObjectName(QStringLiteral("joinRemove"));
    m_remove->setAutoDefault(false);
    m_remove->setEnabled(false);
    auto* beside = owned<QVBoxLayout>();
    beside->addWidget(add);
    beside->addWidget(m_remove);
    beside->addStretch();
    auto* box = owned<QWidget>();
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* layout = owned<QHBoxLayout>(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_files, 1);
    layout->addLayout(beside);
    connect(add, &QPushButton::clicked, this, &JoinDialog::addRequested);
    connect(m_files, &QListWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(!m_files->selectedItems().isEmpty()); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        qDeleteAll(m_files->selectedItems());
        Q_EMIT filesChanged();
    });
    addFiles(files);
    return box;
}

QWidget* JoinDialog::makeProgress() {
    m_stage = owned<QLabel>();
    m_stage->setObjectName(QStringLiteral("joinStage"));
    m_progress = owned<QProgressBar>();
    m_progress->setRange(0, 1000);
    m_progress->setFormat(QStringLiteral("%p %"));
    auto* stop = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("process-stop")), tr("Stop"));
    stop->setObjectName(QStringLiteral("joinStop"));
    stop->setAutoDefault(false);
    m_looking = owned<QWidget>();
    m_looking->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* layout = owned<QHBoxLayout>(m_looking);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stage, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(stop);
    connect(stop, &QPushButton::clicked, this, &JoinDialog::stopRequested);
    return m_looking;
}

QWidget* JoinDialog::makeConflicts() {
    m_left = owned<QLabel>();
    m_left->setObjectName(QStringLiteral("joinLeft"));
    m_left->setWordWrap(true);
    m_conflicts = owned<ConflictList>();
    m_picture = owned<ConflictPicture>();
    auto* sides = owned<QSplitter>();
    sides->setChildrenCollapsible(false);
    sides->addWidget(m_conflicts);
    sides->addWidget(m_picture);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 1);
    auto* all = owned<QHBoxLayout>();
    all->addWidget(owned<QLabel>(tr("For all:")));
    const auto offer = [&](const char* name, const QString& words, const QString& tip, Prefer prefer) {
        auto* button = owned<QPushButton>(words);
        button->setObjectName(QString::fromLatin1(name));
        button->setToolTip(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, m_conflicts,
                [this, prefer] { m_conflicts->decideAll(prefer); });
        all->addWidget(button);
    };
    offer("joinAllMine", tr("Mine"), tr("Everything stays as it is here"), Prefer::Here);
    offer("joinAllTheirs", tr("Theirs"), tr("Everything becomes what they made of it"), Prefer::There);
    offer(
        "joinAllNewer", tr("Whoever was last"),
        tr("Of each what was done last, by the clocks of both computers; when another program did something "
           "is not known, so that stays to be ticked"),
        Prefer::Newer);
    all->addStretch();
    m_deciding = owned<QWidget>();
    auto* layout = owned<QVBoxLayout>(m_deciding);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_left);
    layout->addWidget(sides, 1);
    layout->addLayout(all);
    connect(m_conflicts, &ConflictList::decided, this, &JoinDialog::refresh);
    connect(m_conflicts, &ConflictList::chosen, this,
            [this](const project::JoinConflict* conflict) { m_picture->setConflict(conflict); });
    const auto fly = [this](QTreeWidgetItem* item, int column) {
        // A tick alone decides; the glacier's name, and what lies below it, lead there.
        if (item->parent() == nullptr && column != 0) {
            return;
        }
        const auto* row = item->parent() != nullptr ? item->parent() : item;
        Q_EMIT conflictChosen(m_conflicts->conflicts()[row->data(0, Qt::UserRole).toUInt()]);
    };
    connect(m_conflicts, &QTreeWidget::itemClicked, this, fly);
    connect(m_conflicts, &QTreeWidget::itemActivated, this, fly); // by Enter
    return m_deciding;
}

std::vector<std::filesystem::path> JoinDialog::files() const {
    std::vector<std::filesystem::path> files;
    for (int row = 0; row < m_files->count(); ++row) {
        files.emplace_back(m_files->item(row)->data(Qt::UserRole).toString().toStdString());
    }
    return files;
}

void JoinDialog::addFiles(const QStringList& files) {
    for (const QString& file : files) {
        const QString path = QFileInfo(file).absoluteFilePath();
        bool isThere = false;
        for (int row = 0; row < m_files->count(); ++row) {
            isThere = isThere || m_files->item(row)->data(Qt::UserRole).toString() == path;
        }
        if (!isThere) {
            auto* item = owned<QListWidgetItem>(QFileInfo(path).fileName(), m_files);
            item->setData(Qt::UserRole, path);
            item->setToolTip(path);
        }
    }
}

std::map<std::string, project::Choice> JoinDialog::decisions() const {
    return m_conflicts->decisions();
}

void JoinDialog::setLooking(bool looking) {
    m_looking->setVisible(looking);
    m_summary->setVisible(!looking);
    m_deciding->setEnabled(!looking);
    refresh();
}

void JoinDialog::showLooking() {
    m_hasNews = false;
    m_progress->setValue(0);
    m_stage->setText(tr("Reading what they did…"));
    setLooking(true);
}

void JoinDialog::showProgress(double fraction, const QString& stage) {
    m_progress->setValue(static_cast<int>(std::lround(fraction * 1000)));
    if (!stage.isEmpty()) {
        m_stage->setText(stage + QStringLiteral("…"));
    }
}

void JoinDialog::showProblem(const QString& sentence) {
    m_hasNews = false;
    m_summary->setText(sentence);
    m_deciding->hide();
    setLooking(false);
}

void JoinDialog::showFound(const Join& join) {
    m_hasNews = !join.step.merged.empty() || !join.step.changes.empty() || !join.step.layers.empty() ||
                !join.step.scenes.empty() || join.undecided > 0;
    m_summary->setText(summaryOf(join, m_hasNews));
    m_conflicts->setConflicts(join.conflicts);
    const bool mustDecide = !join.conflicts.empty();
    if (mustDecide && !m_deciding->isVisible()) {
        resize(std::max(width(), 860), std::max(height(), 620));
    }
    m_deciding->setVisible(mustDecide);
    setLooking(false);
}

void JoinDialog::refresh() {
    const auto all = m_conflicts->conflicts().size();
    const int left = m_conflicts->undecided();
    m_left->setText(
        all == 1 ? (left == 1 ? tr("One glacier was changed by two people. Tick whose is taken.")
                              : tr("One glacier was changed by two people; it is decided."))
        : left > 0
            ? tr("%1 glaciers were changed by two people, each in their own way. Tick in each row whose is "
                 "taken: %2 to go.")
                  .arg(number(all), number(static_cast<std::size_t>(left)))
            : tr("%1 glaciers were changed by two people; all of them are decided.").arg(number(all)));
    const bool isReady = m_hasNews && left == 0 && m_summary->isVisibleTo(this);
    m_do->setEnabled(isReady);
    m_do->setToolTip(left > 0 && m_hasNews ? tr("Decide first whose is taken of each glacier")
                     : isReady             ? tr("Do that, as one step that undo takes back")
                                           : QString());
}

} // namespace nunatak::ui::team
