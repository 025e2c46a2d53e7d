package main

import "github.com/muster-mc/muster/bench/internal/mc"

// known is a model whose counts of states are known.
type known struct {
	line string
	mc.Counts
	large bool
}

// counts are those of other checkers, with the history in the state where there is one, or of a queue
// and a map where those lose states. Raft to depth 10 is counted here alone.
var counts = []known{
	{line: "twophase --rms 3 --symmetry off", Counts: mc.Counts{Distinct: 288, Generated: 1_146, Depth: 11}},
	{line: "twophase --rms 4 --symmetry off", Counts: mc.Counts{Distinct: 1_568, Generated: 8_258, Depth: 14}},
	{line: "twophase --rms 5 --symmetry off", Counts: mc.Counts{Distinct: 8_832, Generated: 58_146, Depth: 17}},
	{line: "twophase --rms 6 --symmetry off", Counts: mc.Counts{Distinct: 50_816, Generated: 402_306, Depth: 20}},
	{line: "twophase --rms 7 --symmetry off", Counts: mc.Counts{Distinct: 296_448, Generated: 2_744_706, Depth: 23}},
	{line: "twophase --rms 8 --symmetry off", Counts: mc.Counts{Distinct: 1_745_408, Generated: 18_507_778, Depth: 26}},
	{line: "twophase --rms 9 --symmetry off", Counts: mc.Counts{Distinct: 10_340_352, Generated: 123_558_402, Depth: 29}},
	{line: "twophase --rms 3", Counts: mc.Counts{Distinct: 80, Generated: 318, Depth: 11}},
	{line: "twophase --rms 4", Counts: mc.Counts{Distinct: 166, Generated: 869, Depth: 14}},
	{line: "twophase --rms 5", Counts: mc.Counts{Distinct: 314, Generated: 2_048, Depth: 17}},
	{line: "twophase --rms 6", Counts: mc.Counts{Distinct: 553, Generated: 4_328, Depth: 20}},
	{line: "actor/increment --threads 2 --keep-going --symmetry off", Counts: mc.Counts{Distinct: 13, Generated: 15, Depth: 5}},
	{line: "actor/increment --threads 3 --keep-going --symmetry off", Counts: mc.Counts{Distinct: 84, Generated: 112, Depth: 7}},
	{line: "actor/increment --threads 5 --keep-going --symmetry off", Counts: mc.Counts{Distinct: 8_638, Generated: 15_206, Depth: 11}},
	{line: "actor/increment --threads 2 --keep-going", Counts: mc.Counts{Distinct: 8, Generated: 10, Depth: 5}},
	{line: "actor/increment --threads 3 --keep-going", Counts: mc.Counts{Distinct: 22, Generated: 32, Depth: 7}},
	{line: "actor/lock --threads 2 --symmetry off", Counts: mc.Counts{Distinct: 17, Generated: 17, Depth: 9}},
	{line: "actor/lock --threads 3 --symmetry off", Counts: mc.Counts{Distinct: 61, Generated: 61, Depth: 13}},
	{line: "actor/lock --threads 4 --symmetry off", Counts: mc.Counts{Distinct: 257, Generated: 257, Depth: 17}},
	{line: "actor/lock --threads 5 --symmetry off", Counts: mc.Counts{Distinct: 1_301, Generated: 1_301, Depth: 21}},
	{line: "actor/lock --threads 6 --symmetry off", Counts: mc.Counts{Distinct: 7_825, Generated: 7_825, Depth: 25}},
	{line: "actor/lock --threads 7 --symmetry off", Counts: mc.Counts{Distinct: 54_797, Generated: 54_797, Depth: 29}},
	{line: "actor/lock --threads 8 --symmetry off", Counts: mc.Counts{Distinct: 438_401, Generated: 438_401, Depth: 33}},
	{line: "actor/lock --threads 2", Counts: mc.Counts{Distinct: 9, Generated: 10, Depth: 9}},
	{line: "actor/lock --threads 3", Counts: mc.Counts{Distinct: 13, Generated: 16, Depth: 13}},
	{line: "actor/lock --threads 4", Counts: mc.Counts{Distinct: 17, Generated: 23, Depth: 17}},
	{line: "actor/lock --threads 5", Counts: mc.Counts{Distinct: 21, Generated: 31, Depth: 21}},
	{line: "actor/lock --threads 6", Counts: mc.Counts{Distinct: 25, Generated: 40, Depth: 25}},
	{line: "actor/lock --threads 7", Counts: mc.Counts{Distinct: 29, Generated: 50, Depth: 29}},
	{line: "actor/lock --threads 8", Counts: mc.Counts{Distinct: 33, Generated: 61, Depth: 33}},
	{line: "actor/lock --threads 10", Counts: mc.Counts{Distinct: 41, Generated: 86, Depth: 41}},
	{line: "actor/register --clients 1 --history --symmetry off", Counts: mc.Counts{Distinct: 5, Generated: 5, Depth: 5}},
	{line: "actor/register --clients 2 --history --symmetry off", Counts: mc.Counts{Distinct: 93, Generated: 121, Depth: 9}},
	{line: "actor/register --clients 3 --history --symmetry off", Counts: mc.Counts{Distinct: 4_243, Generated: 6_778, Depth: 13}},
	{line: "actor/register --clients 4 --history --symmetry off", Counts: mc.Counts{Distinct: 400_233, Generated: 731_789, Depth: 17}},
	{line: "actor/register --clients 2 --servers 2 --history --symmetry off --keep-going", Counts: mc.Counts{Distinct: 62, Generated: 81, Depth: 9}},
	{line: "actor/abd --clients 1 --servers 3 --history", Counts: mc.Counts{Distinct: 1_449, Generated: 3_728, Depth: 17}},
	{line: "actor/abd --clients 2 --servers 2 --history", Counts: mc.Counts{Distinct: 544, Generated: 875, Depth: 25}},
	{line: "actor/abd --clients 1 --servers 3 --network ordered --history", Counts: mc.Counts{Distinct: 559, Generated: 1_486, Depth: 21}},
	{line: "actor/paxos --clients 1 --history", Counts: mc.Counts{Distinct: 265, Generated: 482, Depth: 14}},
	{line: "actor/paxos --clients 2 --history", Counts: mc.Counts{Distinct: 16_668, Generated: 32_971, Depth: 21}},
	{line: "actor/paxos --clients 3 --history", Counts: mc.Counts{Distinct: 1_194_428, Generated: 2_420_477, Depth: 28}},
	{line: "actor/paxos --clients 3 --history --store compact", Counts: mc.Counts{Distinct: 1_194_428, Generated: 2_420_477, Depth: 28}},
	{line: "actor/paxos --clients 1 --network dup --history", Counts: mc.Counts{Distinct: 634, Generated: 1_783, Depth: 15}},
	{line: "actor/timers --max-depth 4", Counts: mc.Counts{Distinct: 97, Generated: 180, Depth: 4}},
	{line: "actor/timers --max-depth 6", Counts: mc.Counts{Distinct: 854, Generated: 2_327, Depth: 6}},
	{line: "actor/timers --max-depth 8", Counts: mc.Counts{Distinct: 5_323, Generated: 18_635, Depth: 8}},
	{line: "actor/timers --max-depth 10", Counts: mc.Counts{Distinct: 26_208, Generated: 109_974, Depth: 10}},
	{line: "actor/lww --max-depth 3 --symmetry off", Counts: mc.Counts{Distinct: 94, Generated: 123, Depth: 3}},
	{line: "actor/lww --max-depth 4 --symmetry off", Counts: mc.Counts{Distinct: 706, Generated: 1_145, Depth: 4}},
	{line: "actor/lww --max-depth 5 --symmetry off", Counts: mc.Counts{Distinct: 4_835, Generated: 9_287, Depth: 5}},
	{line: "actor/lww --max-depth 6 --symmetry off", Counts: mc.Counts{Distinct: 30_991, Generated: 68_295, Depth: 6}},
	{line: "actor/lww --max-depth 8 --symmetry off --keep-going", Counts: mc.Counts{Distinct: 1_109_291, Generated: 3_049_418, Depth: 8}},
	{line: "actor/raft --max-depth 3 --symmetry off", Counts: mc.Counts{Distinct: 82, Generated: 139, Depth: 3}},
	{line: "actor/raft --max-depth 4 --symmetry off", Counts: mc.Counts{Distinct: 370, Generated: 823, Depth: 4}},
	{line: "actor/raft --max-depth 5 --symmetry off", Counts: mc.Counts{Distinct: 1_438, Generated: 3_661, Depth: 5}},
	{line: "actor/raft --max-depth 6 --symmetry off", Counts: mc.Counts{Distinct: 5_332, Generated: 14_470, Depth: 6}},
	{line: "actor/raft --max-depth 8 --symmetry off", Counts: mc.Counts{Distinct: 73_408, Generated: 211_510, Depth: 8}},
	{line: "actor/paxos --clients 6 --history", Counts: mc.Counts{Distinct: 9_357_525, Generated: 18_972_647, Depth: 28}, large: true},
	{line: "actor/raft --max-depth 10 --symmetry off --keep-going", Counts: mc.Counts{Distinct: 1_062_112, Generated: 3_184_717, Depth: 10}},
	{line: "actor/abd --clients 2 --servers 3 --history --store compact", Counts: mc.Counts{Distinct: 41_138_199, Generated: 194_646_243, Depth: 33}, large: true},
}
