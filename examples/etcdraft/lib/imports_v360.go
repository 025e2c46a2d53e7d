//go:build v360

package lib

import (
	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"go.etcd.io/raft/v3/tracker"
)

// Version is the version of the library.
const Version = "go.etcd.io/raft/v3 v3.6.0"

// IsOld says that the version is that of etcd's own repository.
const IsOld = false

type (
	// Message is a message of the library.
	Message = pb.Message

	// RawNode is the node of the library, and Storage its storage in memory.
	RawNode = raft.RawNode
	Storage = raft.MemoryStorage

	ready      = raft.Ready
	settings   = raft.Config
	logger     = raft.DefaultLogger
	snapshot   = pb.Snapshot
	metadata   = pb.SnapshotMetadata
	hardState  = pb.HardState
	membership = pb.ConfState
	entry      = pb.Entry
	change     = pb.ConfChangeV2
	changeOne  = pb.ConfChangeSingle
	progress   = tracker.Progress
	progressOf = raft.ProgressType
)

var (
	newStorage  = raft.NewMemoryStorage
	newRawNode  = raft.NewRawNode
	isEmptySnap = raft.IsEmptySnap
	isEmptyHard = raft.IsEmptyHardState
	describe    = raft.DescribeMessage
)

const (
	isLeader   = raft.StateLeader
	isChange   = pb.EntryConfChangeV2
	removeNode = pb.ConfChangeRemoveNode
	isVote     = pb.MsgVote
)
